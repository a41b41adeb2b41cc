import { DockerEngine, DockerError } from "../host/docker.ts";
import type { EngineFacts, SwarmNode } from "../sdk/engineFacts.ts";

interface Info {
    NCPU: number;
    MemTotal: number;
    Swarm: { NodeID: string };
}

interface Node {
    ID: string;
    Description: { Hostname: string };
    Status: { State: string };
}

const MIB = 1024 * 1024;

/** Asks a Docker engine about its machine and its swarm. */
export async function engineFacts({ host }: { host: string }): Promise<EngineFacts> {
    const engine = new DockerEngine(host);
    try {
        const info = await engine.get<Info>("/info");
        const machine = { cores: info.NCPU, memory: Math.floor(info.MemTotal / MIB) };
        return { host, machine, ...(await swarmOf(engine, info.Swarm.NodeID)) };
    } catch (error) {
        return { host, problem: (error as Error).message, nodes: [] };
    }
}

async function swarmOf(engine: DockerEngine, self: string): Promise<Pick<EngineFacts, "nodes" | "noNodes">> {
    try {
        const nodes = await engine.get<Node[]>("/nodes");
        return { nodes: nodes.map((node) => swarmNode(node, self)) };
    } catch (error) {
        if (error instanceof DockerError) {
            return { nodes: [], noNodes: error.message };
        }
        throw error;
    }
}

function swarmNode({ ID, Description, Status }: Node, self: string): SwarmNode {
    return { name: Description.Hostname, isSelf: ID === self, isReady: Status.State === "ready" };
}
