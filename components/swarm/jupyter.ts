import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { PROJECT_FOLDER, SPARK_SCRATCH, SPARK_UID } from "../../provider/sdk/swarmContainer.ts";
import type { Constraints } from "./placement.ts";
import { generatedPassword, SwarmSecret } from "./secret.ts";
import { type SecretFileRef, swarmService } from "./service.ts";
import { OVERHEAD, type WorkerSize } from "./sizing.ts";

/** Folder of our image with Jupyter's settings and kernels. */
const CONFIG = "/opt/london-power/conf/jupyter";

export interface JupyterArgs {
    image: pulumi.Input<string>;
    /** Id of the network. */
    network: pulumi.Input<string>;
    /** Spark's shared secret. */
    sparkSecret: SwarmSecret;
    /** File with the connection string to MongoDB for analysis. */
    mongo: SecretFileRef;
    /** Name of the volume with the project's files. */
    projectVolume: pulumi.Input<string>;
    /** Path of the folder with the notebooks in a container; it is in that volume. */
    notebooks: pulumi.Input<string>;
    /** The environment in which a notebook finds the platform. */
    environment: Record<string, pulumi.Input<string>>;
    /** The workers of the Spark cluster. */
    size: WorkerSize;
    /** Heap of a notebook's Spark driver, in MiB. */
    driverMemory: number;
    /** Spark settings that all drivers of the platform have. */
    conf: Record<string, string>;
    /** How often the token has been rotated. */
    rotation: number;
    constraints: Constraints;
}

/** Jupyter. Its notebooks are drivers on the cluster. A volume keeps what people write. */
export class Jupyter extends pulumi.ComponentResource {
    readonly token: pulumi.Output<string>;
    readonly service: docker.Service;

    constructor(name: string, args: JupyterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Jupyter", name, {}, opts);
        this.token = generatedPassword(`${name}-token`, args.rotation, this);
        const token = new SwarmSecret(`${name}-token`, { content: this.token }, { parent: this });
        const work = new docker.Volume(`${name}-work`, {}, { parent: this });
        this.service = swarmService(
            `${name}-jupyter`,
            {
                name: "jupyter",
                image: args.image,
                network: args.network,
                uid: SPARK_UID,
                command: ["jupyter", args.notebooks],
                memoryFolders: SPARK_SCRATCH.memoryFolders,
                volumes: {
                    ...SPARK_SCRATCH.volumes,
                    "/work": work.name,
                    [PROJECT_FOLDER]: args.projectVolume,
                },
                readOnlyVolumes: [PROJECT_FOLDER],
                secrets: [args.sparkSecret.as("spark"), token.as("jupyter-token"), args.mongo],
                env: {
                    ...args.environment,
                    PYSPARK_SUBMIT_ARGS: submitArguments(args),
                    HOME: "/work",
                    JUPYTER_CONFIG_PATH: CONFIG,
                    JUPYTER_PATH: CONFIG,
                    // Jupyter's own files, such as those with the token, disappear with the container.
                    JUPYTER_RUNTIME_DIR: "/run/london-power/jupyter",
                },
                health: ["health", "jupyter"],
                // Room for two notebooks at a time.
                memory: 2 * args.driverMemory + OVERHEAD,
                constraints: args.constraints,
                // Its pages stay reachable during an update; running notebooks end with the old container.
                startFirst: true,
            },
            { parent: this },
        );
        this.registerOutputs({});
    }
}

/** Returns the arguments of a notebook's `spark-submit`. A notebook takes whole workers, at most half of them, so that jobs do not
 * wait for it if there are several. */
function submitArguments({ size, driverMemory, conf }: JupyterArgs): string {
    const all: Record<string, string> = {
        ...conf,
        "spark.executor.cores": `${size.cores}`,
        "spark.cores.max": `${size.cores * Math.max(1, Math.floor(size.workers / 2))}`,
    };
    const settings = Object.entries(all).map(([key, value]) => `--conf ${key}=${value}`);
    return ["--driver-memory", `${driverMemory}m`, ...settings, "pyspark-shell"].join(" ");
}
