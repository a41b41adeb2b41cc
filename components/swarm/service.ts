import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { type Folders, HARDENED, mountsOf, SECRET_MODE } from "../../provider/sdk/swarmContainer.ts";
import type { Constraints } from "./placement.ts";

/** One file under `/run/secrets` of a container. */
export interface SecretFileRef {
    id: pulumi.Input<string>;
    name: pulumi.Input<string>;
    /** Name of the file. */
    file: string;
}

/** The settings in which the services of the platform differ; all others are the same. */
export interface ServiceArgs extends Folders<pulumi.Input<string>> {
    /** Name of the service in its stack, and its host name in the network. */
    name: string;
    image: pulumi.Input<string>;
    network: pulumi.Input<string>;
    /** Arguments of the image's entry point. Default: the image's own command. */
    command?: pulumi.Input<string>[];
    /** User of the process. Default: the image's user. */
    user?: string;
    /** Number of the user and group that own the secrets' files. */
    uid: number;
    secrets?: SecretFileRef[];
    configs?: docker.types.input.ServiceTaskSpecContainerSpecConfig[];
    env?: Record<string, pulumi.Input<string>>;
    /** Linux capabilities that the container keeps. Default: none. */
    capabilities?: string[];
    /** Command of the health check; exit code 0 means that the container works. */
    health: string[];
    /** Memory limit of a container, in MiB. */
    memory: number;
    /** Number of containers. Default: 1. */
    replicas?: number;
    /** Nodes on which it may run. Default: any. */
    constraints?: Constraints;
    /** Whether an update starts the new container before it stops the old one; only for a service of which two may run at once.
     * Default: false. */
    startFirst?: boolean;
    /** Time that the container gets to end after SIGTERM. Default: 20s. */
    stopGracePeriod?: string;
}

/**
 * Creates a Swarm service with everything that our services have in common: its own address and name in the network, a health
 * check, no rights that it does not need, a limited log, and a rollback when an update fails.
 */
export function swarmService(
    name: string,
    args: ServiceArgs,
    opts: pulumi.CustomResourceOptions,
): docker.Service {
    const stack = `london-power-${pulumi.getStack()}`;
    const uid = `${args.uid}`;
    const order = args.startFirst ? "start-first" : "stop-first";
    return new docker.Service(
        name,
        {
            name: `${stack}-${args.name}`,
            labels: [
                // Docker's own tools group services by this label.
                { label: "com.docker.stack.namespace", value: stack },
                { label: "london-power.part", value: args.name },
            ],
            taskSpec: {
                containerSpec: {
                    image: args.image,
                    hostname: args.replicas === undefined ? args.name : undefined,
                    args: args.command,
                    user: args.user,
                    env: args.env,
                    readOnly: HARDENED.readOnly,
                    capDrops: HARDENED.capDrops,
                    capAdds: args.capabilities,
                    mounts: mountsOf(args),
                    secrets: args.secrets?.map((secret) => ({
                        secretId: secret.id,
                        secretName: secret.name,
                        fileName: secret.file,
                        fileUid: uid,
                        fileGid: uid,
                        fileMode: SECRET_MODE,
                    })),
                    configs: args.configs,
                    healthcheck: {
                        tests: ["CMD", ...args.health],
                        interval: "5s",
                        // Long, because all containers start at the same time: on a busy machine, slow servers that are
                        // ended and started again would keep each other from ever becoming healthy.
                        timeout: "30s",
                        retries: 6,
                        startPeriod: "10m",
                    },
                    stopGracePeriod: args.stopGracePeriod ?? "20s",
                },
                networksAdvanceds: [{ id: args.network, aliases: [args.name] }],
                resources: {
                    limits: { memoryBytes: args.memory * MIB },
                    // The least that the service needs, so that the swarm does not put more on a node than fits.
                    reservation: { memoryBytes: Math.round(args.memory / 4) * MIB },
                },
                restartPolicy: { condition: "any", delay: "2s", window: "0s" },
                placement: args.constraints && { constraints: args.constraints },
                logDriver: HARDENED.logDriver,
            },
            mode: { replicated: { replicas: args.replicas ?? 1 } },
            endpointSpec: { mode: "dnsrr" },
            updateConfig: { parallelism: 1, order, failureAction: "rollback", monitor: "5s" },
            rollbackConfig: { parallelism: 1, order, monitor: "5s" },
            // The longest time that a container may take to start.
            convergeConfig: { delay: "1s", timeout: "10m" },
        },
        // The name is fixed, so the old service has to be deleted first.
        { ...opts, deleteBeforeReplace: true },
    );
}

const MIB = 1024 * 1024;
