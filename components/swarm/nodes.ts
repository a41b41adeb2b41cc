import * as pulumi from "@pulumi/pulumi";
import type { EngineFacts } from "../../provider/sdk/engineFacts.ts";

/**
 * Compares `london-power:nodes` with the nodes of the swarm.
 *
 * @param nodes what the setting names
 * @param engine the Docker engine and what it says of its swarm
 * @throws {pulumi.RunError} where several nodes are there and none is named; where the first that is named is not the one of
 * the engine; where one is named that the swarm does not have; where nodes are named and the engine does not list any
 */
export function checkNodes(
    nodes: string[],
    { host, nodes: found, noNodes }: Pick<EngineFacts, "host" | "nodes" | "noNodes">,
): void {
    if (noNodes !== undefined) {
        // With nothing to check, what is wrong with the engine is for the provider to say.
        if (nodes.length > 0) {
            throw new pulumi.RunError(
                `london-power:nodes is ${nodes.join(",")}, and the engine at ${host} does not list its nodes: ${noNodes}`,
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
                `the swarm has several nodes (${ready.join(", ")}), and london-power:nodes names none. ` +
                    `Name those to use, this engine's first: ${set(self, ready)}`,
            );
        }
        return;
    }
    const unknown = nodes.filter((node) => !names.includes(node));
    if (unknown.length > 0) {
        const known = nodes.filter((node) => names.includes(node));
        throw new pulumi.RunError(
            `london-power:nodes names ${unknown.join(", ")}, and the swarm has ${names.join(", ")}. ` +
                `Name these only: ${set(self, known)}`,
        );
    }
    if (nodes[0] !== self) {
        throw new pulumi.RunError(
            `london-power:nodes begins with ${nodes[0]}, and the engine at ${host} is that of ${self}, where it makes the ` +
                `volumes. Put it first: ${set(self, nodes)}; or talk to the other, if that is a manager too: ` +
                `export DOCKER_HOST=ssh://user@${nodes[0]}`,
        );
    }
}
