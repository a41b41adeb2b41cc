import { posix } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { GoogleSettings } from "../../config/google.ts";
import type { Settings } from "../../config.ts";
import type { SparkRunArgs } from "../../provider/sdk/sparkRun.ts";
import type { Job } from "../job.ts";
import { Runs } from "../runs.ts";
import { batchSize } from "./batchSize.ts";
import type { WorkflowStep } from "./schedule.ts";

export interface JobsArgs {
    settings: Pick<Settings, "driverMemory" | "schedule">;
    google: GoogleSettings;
    /** Folder of the scripts, as a URI. */
    scripts: pulumi.Input<string>;
    /** Name of the bucket. */
    bucket: pulumi.Input<string>;
    /** URI of the subnet. */
    subnet: pulumi.Input<string>;
    /** Name of the cluster; absent for Serverless batches. */
    cluster?: pulumi.Input<string>;
    /** Image of Serverless batches. */
    image: pulumi.Input<string>;
    /** E-mail of the jobs' service account. */
    account: pulumi.Input<string>;
    /** A key of Cloud KMS for the disks of Serverless batches; absent for Google's own. */
    kmsKey?: pulumi.Input<string>;
    /** What has to be there before a job can run. */
    ready: pulumi.Resource[];
}

/** Runs jobs on Dataproc, now and in a workflow of its own. */
export class Jobs {
    private readonly args: JobsArgs;

    constructor(args: JobsArgs) {
        this.args = args;
    }

    run(name: string, jobs: Job[]): Runs {
        const conf = this.properties();
        return new Runs(name, { jobs, launcher: this.launcher(), conf, ready: this.args.ready });
    }

    /** The same jobs as steps of a workflow. */
    scheduled(runs: Runs): pulumi.Output<WorkflowStep>[] {
        return runs.scheduled.map((work) =>
            pulumi.all([work, this.args.scripts]).apply(([{ job, script, args, conf, after }, scripts]) => ({
                stepId: job,
                prerequisiteStepIds: after,
                pysparkJob: {
                    mainPythonFileUri: `${scripts}/${posix.basename(script)}`,
                    pythonFileUris: [`${scripts}/london_power.zip`],
                    // The job adds the time: a workflow cannot.
                    args: [...args, "--run", `${job}-scheduled`],
                    properties: conf,
                },
            })),
        );
    }

    private launcher(): SparkRunArgs["launcher"] {
        const { settings, google, scripts, bucket, cluster, image, subnet, account, kmsKey } = this.args;
        const { project, region, endpoint, labels } = google;
        const common = {
            ...{ project, region, bucket, scripts, labels, endpoint },
            stack: pulumi.getStack(),
        };
        return cluster
            ? pulumi.output({
                  ...{ kind: "dataproc" as const, ...common, cluster },
                  // The workflow has the cluster's name.
                  workflow: settings.schedule ? cluster : "",
              })
            : pulumi.output({
                  ...{ kind: "serverless" as const, ...common },
                  ...{ runtime: google.serverlessRuntime, image },
                  ...{ subnetwork: subnet, serviceAccount: account, kmsKey: kmsKey ?? "" },
              });
    }

    /** Spark settings of every driver. */
    private properties(): Record<string, string> {
        const { settings, google } = this.args;
        const { workers, maxWorkers, machineType, compute } = google;
        const { driverMemory } = settings;
        const size =
            compute === "cluster"
                ? { "spark.driver.memory": driverMemory }
                : batchSize({ driverMemory, workers, maxWorkers });
        const cores = compute === "cluster" ? coresOf(machineType) : Number(size["spark.executor.cores"]);
        return {
            ...size,
            // One for each core: Spark's default of 200 is for far more.
            "spark.sql.shuffle.partitions": `${workers * cores}`,
            ...(google.endpoint && { "spark.londonPower.googleEndpoint": google.endpoint }),
        };
    }
}

/** Cores of a machine type, the first number behind its kind; of shared ones, which name none, 2. */
function coresOf(machineType: string): number {
    return Number(/-(\d+)/.exec(machineType)?.[1] ?? 2);
}
