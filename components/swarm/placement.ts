/** Where services may run: placement constraints of the swarm, `undefined` for any node. */
export type Constraints = string[] | undefined;

/**
 * Which node is whose, on a swarm of several. A volume is on one node, and the engine that Pulumi talks to makes them on its
 * own: what has a volume stays there, but for datanodes, which would be of no use all on the same machine.
 */
export class Placement {
    /** For what has a volume of the first node. */
    readonly home: Constraints;
    /** For what may run on any node that takes tasks. */
    readonly anywhere: Constraints;
    /** Whether there are nodes that do not see the volumes of the first. */
    readonly several: boolean;
    private readonly nodes: string[];

    /** @param nodes host names of the nodes, that of the engine first; empty for a swarm of one node */
    constructor(nodes: string[]) {
        this.nodes = nodes;
        this.several = nodes.length > 1;
        this.home = on(nodes[0]);
        this.anywhere = this.several ? undefined : this.home;
    }

    /** For the i-th datanode, from 0: they take turns over the nodes. */
    datanode(i: number): Constraints {
        return on(this.nodes[i % this.nodes.length]);
    }

    /** Whether the i-th datanode is beyond the engine that Pulumi talks to. */
    isRemote(i: number): boolean {
        return this.nodes.length > 0 && i % this.nodes.length !== 0;
    }
}

function on(node: string | undefined): Constraints {
    return node === undefined ? undefined : [`node.hostname==${node}`];
}
