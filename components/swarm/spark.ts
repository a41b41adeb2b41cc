import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Placement } from "./placement.ts";
import type { SwarmSecret } from "./secret.ts";
import { swarmService } from "./service.ts";
import { OVERHEAD, type WorkerSize } from "./sizing.ts";

/** Spark's user in our image. */
export const SPARK_UID = 10001;

/** What every container with Spark in it writes to. Libraries are unpacked in /tmp, so that it cannot be in memory. */
export const SPARK_SCRATCH = { volumes: { "/tmp": "" }, memoryFolders: ["/run/london-power"] };

export interface SparkClusterArgs {
    image: pulumi.Input<string>;
    /** Id of the network. */
    network: pulumi.Input<string>;
    /** Spark's shared secret. */
    secret: SwarmSecret;
    /** How often the secret has been rotated. */
    rotation: number;
    /** Name of the volume with the project's files. */
    projectVolume: pulumi.Input<string>;
    placement: Placement;
    /** How many workers, and how large. */
    size: WorkerSize;
}

/** A standalone Spark cluster: a master that remembers, and workers. */
export class SparkCluster extends pulumi.ComponentResource {
    readonly master: docker.Service;
    readonly workers: docker.Service;

    constructor(name: string, args: SparkClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:SparkCluster", name, {}, opts);
        const { image, network, size, placement } = args;
        const secrets = [args.secret.as("spark")];
        const recovery = new docker.Volume(`${name}-recovery`, {}, { parent: this });
        this.master = swarmService(
            `${name}-master`,
            {
                ...{ name: "spark-master", image, network, secrets, uid: SPARK_UID },
                command: ["master", `${args.rotation}`],
                ...SPARK_SCRATCH,
                volumes: { ...SPARK_SCRATCH.volumes, "/var/spark": recovery.name },
                constraints: placement.home,
                env: { SPARK_DAEMON_MEMORY: "384m" },
                health: ["health", "master"],
                memory: 768,
            },
            { parent: this },
        );
        this.workers = swarmService(
            `${name}-workers`,
            {
                ...{ name: "spark-worker", image, network, secrets, uid: SPARK_UID },
                command: ["worker", `${size.cores}`, `${size.memory}m`],
                ...SPARK_SCRATCH,
                volumes: {
                    ...SPARK_SCRATCH.volumes,
                    "/var/spark": "",
                    // Other nodes would make an empty one of that name.
                    ...(!placement.several && { "/london-power": args.projectVolume }),
                },
                readOnlyVolumes: ["/london-power"],
                constraints: placement.anywhere,
                env: { SPARK_DAEMON_MEMORY: "256m" },
                health: ["health", "worker"],
                memory: size.memory + OVERHEAD,
                replicas: size.workers,
            },
            { parent: this },
        );
        this.registerOutputs({});
    }
}
