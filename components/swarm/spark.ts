import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { PROJECT_FOLDER, SPARK_SCRATCH, SPARK_UID } from "../../provider/sdk/swarmContainer.ts";
import type { Placement } from "./placement.ts";
import type { SwarmSecret } from "./secret.ts";
import { swarmService } from "./service.ts";
import { OVERHEAD, type WorkerSize } from "./sizing.ts";

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
    /** Number and size of the workers. */
    size: WorkerSize;
}

/** A standalone Spark cluster: workers, and a master that remembers them after a restart. */
export class SparkCluster extends pulumi.ComponentResource {
    readonly master: docker.Service;
    readonly workers: docker.Service;

    constructor(name: string, args: SparkClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:SparkCluster", name, {}, opts);
        const { image, network, size, placement } = args;
        const secrets = [args.secret.as("spark")];
        const workerVolumes: Record<string, pulumi.Input<string>> = {
            ...SPARK_SCRATCH.volumes,
            "/var/spark": "",
        };
        if (!placement.several) {
            // Other nodes would create an empty volume of that name.
            workerVolumes[PROJECT_FOLDER] = args.projectVolume;
        }
        const recovery = new docker.Volume(`${name}-recovery`, {}, { parent: this });
        this.master = swarmService(
            `${name}-master`,
            {
                name: "spark-master",
                image,
                network,
                secrets,
                uid: SPARK_UID,
                command: ["master", `${args.rotation}`],
                memoryFolders: SPARK_SCRATCH.memoryFolders,
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
                name: "spark-worker",
                image,
                network,
                secrets,
                uid: SPARK_UID,
                command: ["worker", `${size.cores}`, `${size.memory}m`],
                memoryFolders: SPARK_SCRATCH.memoryFolders,
                volumes: workerVolumes,
                readOnlyVolumes: [PROJECT_FOLDER],
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
