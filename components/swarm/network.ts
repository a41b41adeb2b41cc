import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { encryptionProblem } from "./encryption.ts";

export interface SwarmNetworkArgs {
    /** Whether what travels between nodes is encrypted (IPsec), where the kernel can; within a node nothing travels. */
    encrypted: boolean;
    /** The Docker engine, as in DOCKER_HOST. */
    host: string;
}

/** The network of the platform; containers outside the swarm's services, the gateway, may attach to it. */
export class SwarmNetwork extends pulumi.ComponentResource {
    readonly id: pulumi.Output<string>;

    constructor(name: string, args: SwarmNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Network", name, {}, opts);
        const problem = args.encrypted ? encryptionProblem(args.host) : undefined;
        if (problem) {
            void pulumi.log.info(
                `between nodes nothing is encrypted: this machine's kernel cannot (${problem})`,
                this,
            );
        }
        const network = new docker.Network(
            `${name}-overlay`,
            {
                name: `london-power-${pulumi.getStack()}`,
                driver: "overlay",
                attachable: true,
                options: args.encrypted && !problem ? { encrypted: "" } : undefined,
                labels: [{ label: "com.docker.stack.namespace", value: `london-power-${pulumi.getStack()}` }],
            },
            // The engine adds options of its own, which would show as a change for ever.
            { parent: this, ignoreChanges: ["options"], deleteBeforeReplace: true },
        );
        this.id = network.id;
        this.registerOutputs({ id: this.id });
    }
}
