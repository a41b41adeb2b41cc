import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { PROJECT_FOLDER, SPARK_SCRATCH, SPARK_UID } from "../../provider/sdk/swarmContainer.ts";
import type { Constraints } from "./placement.ts";
import { generatedPassword, SwarmSecret } from "./secret.ts";
import { type SecretFileRef, swarmService } from "./service.ts";
import { OVERHEAD, type WorkerSize } from "./sizing.ts";

/** Where our image has Jupyter's settings and kernels. */
const CONFIG = "/opt/london-power/conf/jupyter";

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
    /** Folder in that volume with the notebooks, as the containers see it. */
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

/** Jupyter, whose notebooks are drivers on the cluster. What people write is kept in a volume. */
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
                    // What it keeps there, the token among it, is nobody's after its end.
                    JUPYTER_RUNTIME_DIR: "/run/london-power/jupyter",
                },
                health: ["health", "jupyter"],
                // Room for two notebooks at a time.
                memory: 2 * args.driverMemory + OVERHEAD,
                constraints: args.constraints,
                // Who talks to its interface notices no gap; the notebooks that run end with the old one.
                startFirst: true,
            },
            { parent: this },
        );
        this.registerOutputs({});
    }
}

/** A notebook takes whole workers, half of them at most, so that a job need not wait for it where there are several. */
function submitArguments({ size, driverMemory, conf }: JupyterArgs): string {
    const all: Record<string, string> = {
        ...conf,
        "spark.executor.cores": `${size.cores}`,
        "spark.cores.max": `${size.cores * Math.max(1, Math.floor(size.workers / 2))}`,
    };
    const settings = Object.entries(all).map(([key, value]) => `--conf ${key}=${value}`);
    return ["--driver-memory", `${driverMemory}m`, ...settings, "pyspark-shell"].join(" ");
}
