import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

export interface SwarmNetworkArgs {
    /** Whether the traffic between nodes is encrypted, with IPsec of the nodes' kernels. Traffic within a node never is. */
    encrypted: boolean;
}

/** The network of the platform. Containers that are not services of the swarm, such as the gateway, may attach to it. */
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
            // The engine adds its own options, which every preview would show as a change.
            { parent: this, ignoreChanges: ["options"], deleteBeforeReplace: true },
        );
        this.id = network.id;
        this.registerOutputs({ id: this.id });
    }
}
