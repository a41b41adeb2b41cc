import type { DockerPart } from "../sdk/dockerPart.ts";
import { DockerEngine, isGone } from "./docker.ts";

/** The parts of a stack on a Docker engine, by kind: name in Pulumi → id; for an image the id of its content. */
export type DockerParts = Partial<Record<DockerPart, Record<string, string>>>;

/** The path at which the engine describes a part. Source: Docker Engine API 1.41. */
const KINDS: Record<DockerPart, (id: string) => string> = {
    service: (id: string) => `/services/${id}`,
    container: (id: string) => `/containers/${id}/json`,
    network: (id: string) => `/networks/${id}`,
    volume: (id: string) => `/volumes/${id}`,
    secret: (id: string) => `/secrets/${id}`,
    config: (id: string) => `/configs/${id}`,
    image: (id: string) => `/images/${id}/json`,
};

/** Describes the parts that the engine no longer has, and the containers that do not run. */
export async function missingParts(host: string, parts: DockerParts): Promise<string[]> {
    const engine = new DockerEngine(host);
    const asked = Object.entries(parts).flatMap(([kind, ids]) =>
        Object.entries(ids).map(async ([name, id]) => {
            try {
                const found = await engine.get<{ State?: { Running: boolean } }>(
                    KINDS[kind as DockerPart](id),
                );
                // A stopped container stays stopped; Pulumi's provider treats it as removed.
                return kind === "container" && !found.State?.Running ? [`${kind} ${name}`] : [];
            } catch (error) {
                if (isGone(error)) {
                    return [`${kind} ${name}`];
                }
                throw error;
            }
        }),
    );
    return (await Promise.all(asked)).flat();
}
