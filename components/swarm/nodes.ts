import * as pulumi from "@pulumi/pulumi";
import type { EngineFacts } from "../../provider/sdk/engineFacts.ts";

/**
 * Compares `london-power:nodes` with the nodes of the swarm.
 *
 * @param nodes host names in the setting
 * @param engine the Docker engine and the nodes that it lists
 * @throws {pulumi.RunError} if the swarm has several nodes and the setting names none; if the first name is not the engine's own
 * node; if the swarm does not have a node; if the setting names nodes and the engine lists none
 */
export function checkNodes(
    nodes: string[],
    { host, nodes: found, noNodes }: Pick<EngineFacts, "host" | "nodes" | "noNodes">,
): void {
    if (noNodes !== undefined) {
        // If there is nothing to check, the provider reports what is wrong with the engine.
        if (nodes.length > 0) {
            throw new pulumi.RunError(
                `london-power:nodes is ${nodes.join(",")}, but the engine at ${host} does not list its nodes: ${noNodes}`,
            );
        }
        return;
    }
    const names = found.map(({ name }) => name);
    const self = found.find((node) => node.isSelf)?.name ?? "";
    const set = (first: string, rest: string[]) =>
        `pulumi config set london-power:nodes ${[first, ...rest.filter((node) => node !== first)].join(",")} ` +
        `--stack ${pulumi.getStack()}`;
    if (nodes.length === 0) {
        const ready = found.filter(({ isReady }) => isReady).map(({ name }) => name);
        if (ready.length > 1) {
            throw new pulumi.RunError(
                `the swarm has several nodes (${ready.join(", ")}), but london-power:nodes names none. ` +
                    `Name the nodes to use, this engine's node first: ${set(self, ready)}`,
            );
        }
        return;
    }
    const unknown = nodes.filter((node) => !names.includes(node));
    if (unknown.length > 0) {
        const known = nodes.filter((node) => names.includes(node));
        throw new pulumi.RunError(
            `london-power:nodes names ${unknown.join(", ")}, but the swarm has only ${names.join(", ")}. ` +
                `Name existing nodes only: ${set(self, known)}`,
        );
    }
    if (nodes[0] !== self) {
        throw new pulumi.RunError(
            `london-power:nodes starts with ${nodes[0]}, but the engine at ${host} runs on ${self} and creates the volumes ` +
                `there. Name ${self} first: ${set(self, nodes)}; or use the other engine, if it is a manager too: ` +
                `export DOCKER_HOST=ssh://user@${nodes[0]}`,
        );
    }
}
