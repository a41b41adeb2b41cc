import * as pulumi from "@pulumi/pulumi";

/** A Docker engine as it is when the program runs: the same for whoever deploys. */
export interface EngineFacts {
    /** As in DOCKER_HOST. */
    host: string;
    /** Why it does not answer; absent where it does. */
    problem?: string;
    /** The machine that it runs on; absent where it does not answer. */
    machine?: Machine;
    /** The nodes of its swarm; empty for an engine that manages none. */
    nodes: SwarmNode[];
    /** Why it does not list nodes; absent where it does. */
    noNodes?: string;
}

export interface Machine {
    cores: number;
    /** In MiB. */
    memory: number;
}

export interface SwarmNode {
    /** Host name. */
    name: string;
    /** Whether the engine is this node's. */
    isSelf: boolean;
    isReady: boolean;
}

/** Asks the Docker engine itself, in previews too. */
export function engineFacts(host: string): Promise<EngineFacts> {
    return pulumi.runtime.invoke("london-power:docker:engineFacts", { host });
}
