import type { DockerPart } from "../sdk/dockerPart.ts";
import { DockerEngine, isGone } from "./docker.ts";

/** What a stack has on a Docker engine, by kind: the name that Pulumi knows it by → id, for an image that of its content. */
export type DockerParts = Partial<Record<DockerPart, Record<string, string>>>;

/** Where the engine tells of a part. Source: Docker Engine API 1.41. */
const KINDS: Record<DockerPart, (id: string) => string> = {
    service: (id: string) => `/services/${id}`,
    container: (id: string) => `/containers/${id}/json`,
    network: (id: string) => `/networks/${id}`,
    volume: (id: string) => `/volumes/${id}`,
    secret: (id: string) => `/secrets/${id}`,
    config: (id: string) => `/configs/${id}`,
    image: (id: string) => `/images/${id}/json`,
};

/** Those of the parts that the engine no longer has, and containers that do not run, in words. */
export async function missingParts(host: string, parts: DockerParts): Promise<string[]> {
    const engine = new DockerEngine(host);
    const asked = Object.entries(parts).flatMap(([kind, ids]) =>
        Object.entries(ids).map(async ([name, id]) => {
            try {
                const found = await engine.get<{ State?: { Running: boolean } }>(
                    KINDS[kind as DockerPart](id),
                );
                // One that was stopped stays so; Pulumi's provider takes it for removed.
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
