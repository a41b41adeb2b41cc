import { type DockerParts, missingParts } from "../../provider/host/dockerParts.ts";
import { PART_OF_TYPE } from "../../provider/sdk/dockerPart.ts";
import { pulumi } from "./pulumi.ts";
import type { Deployment } from "./state.ts";

/**
 * Removes from the state what somebody has removed from the Docker engine. It runs a refresh, which is slow, only if something
 * is gone.
 */
export async function forgetGone(stack: string, { resources = [] }: Deployment): Promise<void> {
    const parts: DockerParts = {};
    let host = process.env.DOCKER_HOST ?? "unix:///var/run/docker.sock";
    for (const { type, urn, id = "", inputs, outputs } of resources) {
        const kind = PART_OF_TYPE[type];
        if (kind) {
            const ids = parts[kind] ?? {};
            ids[urn.split("::").at(-1) as string] = kind === "image" ? `${outputs?.imageId ?? id}` : id;
            parts[kind] = ids;
        } else if (type === "london-power:docker:Inventory") {
            host = `${inputs?.host ?? host}`;
        }
    }
    // If the engine does not answer, Pulumi's provider reports that.
    const gone = await missingParts(host, parts).catch(() => []);
    if (gone.length > 0) {
        console.error(`No longer on the Docker engine: ${gone.join(", ")}. Taking them out of the state.`);
        pulumi("refresh", "--stack", stack, "--yes", "--skip-preview");
    }
}
