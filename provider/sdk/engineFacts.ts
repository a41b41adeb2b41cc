import * as pulumi from "@pulumi/pulumi";

/** Facts about a Docker engine when the program runs; they are the same for everybody who deploys. */
export interface EngineFacts {
    /** Address of the engine, as in DOCKER_HOST. */
    host: string;
    /** The reason why it does not answer; absent if it answers. */
    problem?: string;
    /** The machine that it runs on; absent if it does not answer. */
    machine?: Machine;
    /** The nodes of its swarm; empty for an engine that manages none. */
    nodes: SwarmNode[];
    /** The reason why it does not list nodes; absent if it lists them. */
    noNodes?: string;
}

export interface Machine {
    cores: number;
    /** Memory in MiB. */
    memory: number;
}

export interface SwarmNode {
    /** Host name. */
    name: string;
    /** Whether the engine runs on this node. */
    isSelf: boolean;
    isReady: boolean;
}

/** Asks the Docker engine itself, in previews too. */
export function engineFacts(host: string): Promise<EngineFacts> {
    return pulumi.runtime.invoke("london-power:docker:engineFacts", { host });
}
