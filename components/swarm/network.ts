import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

export interface SwarmNetworkArgs {
    /** Whether what travels between nodes is encrypted, by IPsec of the nodes' kernels; within a node nothing travels. */
    encrypted: boolean;
}

/** The network of the platform; containers outside the swarm's services, the gateway, may attach to it. */
export class SwarmNetwork extends pulumi.ComponentResource {
    readonly id: pulumi.Output<string>;

    constructor(name: string, args: SwarmNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Network", name, {}, opts);
        const network = new docker.Network(
            `${name}-overlay`,
            {
                name: `london-power-${pulumi.getStack()}`,
                driver: "overlay",
                attachable: true,
                options: args.encrypted ? { encrypted: "" } : undefined,
                labels: [{ label: "com.docker.stack.namespace", value: `london-power-${pulumi.getStack()}` }],
            },
            // The engine adds options of its own, which would show as a change for ever.
            { parent: this, ignoreChanges: ["options"], deleteBeforeReplace: true },
        );
        this.id = network.id;
        this.registerOutputs({ id: this.id });
    }
}
