import { execFileSync } from "node:child_process";
import * as pulumi from "@pulumi/pulumi";

/**
 * Compares `london-power:nodes` with the nodes of the swarm.
 *
 * @param nodes what the setting names
 * @param host the Docker engine, as in DOCKER_HOST
 * @throws {pulumi.RunError} where several nodes are there and none is named; where the first that is named is not the one of
 * the engine; where one is named that the swarm does not have; where nodes are named and the engine does not list any
 */
export function checkNodes(nodes: string[], host: string): void {
    const found = nodesOf(host);
    if (typeof found === "string") {
        // With nothing to check, what is wrong with the engine is for the provider to say.
        if (nodes.length > 0) {
            throw new pulumi.RunError(
                `london-power:nodes is ${nodes.join(",")}, and the engine at ${host} does not list its nodes: ${found}`,
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

interface SwarmNode {
    name: string;
    isSelf: boolean;
    isReady: boolean;
}

/** The nodes of the swarm, or why they are not to be had. */
function nodesOf(host: string): SwarmNode[] | string {
    const format = "{{.Hostname}} {{.Self}} {{.Status}}";
    try {
        const list = execFileSync("docker", ["--host", host, "node", "ls", "--format", format], {
            encoding: "utf8",
            stdio: ["ignore", "pipe", "pipe"],
        });
        return list
            .trim()
            .split("\n")
            .map((line) => line.split(" "))
            .map(([name = "", self, status]) => ({
                ...{ name, isSelf: self === "true", isReady: status === "Ready" },
            }));
    } catch (error) {
        const { stderr, message } = error as { stderr?: string; message: string };
        return (stderr || message).trim();
    }
}
