import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { SwarmSecret } from "./secret.ts";
import { type SecretFileRef, swarmService } from "./service.ts";
import { OVERHEAD } from "./sizing.ts";
import { SPARK_SCRATCH, SPARK_UID } from "./spark.ts";

export interface JupyterArgs {
    image: pulumi.Input<string>;
    /** Id of the network. */
    network: pulumi.Input<string>;
    /** Spark's shared secret. */
    sparkSecret: SwarmSecret;
    /** The connection string to MongoDB for analysis. */
    mongo: SecretFileRef;
    /** Name of the volume with the project's files. */
    projectVolume: pulumi.Input<string>;
    /** Heap of a notebook's Spark driver, in MiB. */
    driverMemory: number;
    /** On how many datanodes what a notebook writes is kept. */
    replication: number;
}

/** Jupyter, whose notebooks are drivers on the cluster. What people write is kept in a volume. */
export class Jupyter extends pulumi.ComponentResource {
    readonly token: pulumi.Output<string>;
    readonly service: docker.Service;

    constructor(name: string, args: JupyterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Jupyter", name, {}, opts);
        const token = new SwarmSecret(`${name}-token`, {}, { parent: this });
        this.token = token.password;
        const work = new docker.Volume(`${name}-work`, {}, { parent: this });
        this.service = swarmService(
            `${name}-jupyter`,
            {
                ...{ name: "jupyter", image: args.image, network: args.network, uid: SPARK_UID },
                command: ["jupyter"],
                ...SPARK_SCRATCH,
                volumes: {
                    ...SPARK_SCRATCH.volumes,
                    "/work": work.name,
                    "/london-power": args.projectVolume,
                },
                readOnlyVolumes: ["/london-power"],
                secrets: [args.sparkSecret.as("spark"), token.as("jupyter-token"), args.mongo],
                env: { DRIVER_MEMORY: `${args.driverMemory}m`, HDFS_REPLICATION: `${args.replication}` },
                health: ["health", "jupyter"],
                memory: args.driverMemory + OVERHEAD,
            },
            { parent: this },
        );
        this.registerOutputs({});
    }
}
