/** A kind of part that a stack has on a Docker engine. */
export type DockerPart = "service" | "container" | "network" | "volume" | "secret" | "config" | "image";

/** The type tokens of Pulumi's Docker provider. */
export const PART_OF_TYPE: Record<string, DockerPart> = {
    "docker:index/service:Service": "service",
    "docker:index/container:Container": "container",
    "docker:index/network:Network": "network",
    "docker:index/volume:Volume": "volume",
    "docker:index/secret:Secret": "secret",
    "docker:index/serviceConfig:ServiceConfig": "config",
    "docker:index/remoteImage:RemoteImage": "image",
};
