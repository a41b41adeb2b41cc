/** The nodes on which a service may run, as placement constraints of the swarm; `undefined` for any node. */
export type Constraints = string[] | undefined;

/**
 * Assigns services to the nodes of a swarm. A volume exists on one node only, and the engine that Pulumi uses creates volumes
 * on its own node. A service with a volume therefore stays on that node, except datanodes, which have to be on different
 * machines.
 */
export class Placement {
    /** For a service with a volume on the first node. */
    readonly home: Constraints;
    /** For a service that may run on any of the nodes. */
    readonly anywhere: Constraints;
    /** Whether there are nodes without access to the volumes of the first. */
    readonly several: boolean;
    private readonly nodes: string[];

    /** @param nodes host names of the nodes, the engine's own node first; empty for a swarm of one node */
    constructor(nodes: string[]) {
        this.nodes = nodes;
        this.several = nodes.length > 1;
        this.home = on(nodes[0]);
        this.anywhere = this.several ? undefined : this.home;
    }

    /** For datanode `i`, from 0: datanode 0 on the first node, 1 on the second, and so on in turn. */
    datanode(i: number): Constraints {
        return on(this.nodes[i % this.nodes.length]);
    }

    /** Whether datanode `i` is on another node than the engine that Pulumi uses. */
    isRemote(i: number): boolean {
        return this.nodes.length > 0 && i % this.nodes.length !== 0;
    }
}

function on(node: string | undefined): Constraints {
    return node === undefined ? undefined : [`node.hostname==${node}`];
}
