import * as pulumi from "@pulumi/pulumi";
import type { GcpSettings } from "../../config/settings.ts";
import { batchOf, pysparkOf, SCHEDULE_LABEL } from "../../provider/sdk/googleDriver.ts";
import type { SparkRunArgs } from "../../provider/sdk/sparkRun.ts";
import type { Job } from "../common/job.ts";
import { Runs } from "../common/runs.ts";
import { batchSize } from "./batchSize.ts";
import type { ScheduledBatch } from "./batchWorkflow.ts";
import type { WorkflowStep } from "./schedule.ts";

export interface JobsArgs {
    settings: GcpSettings;
    /** URI of the folder with the scripts. */
    scripts: pulumi.Input<string>;
    /** Name of the bucket. */
    bucket: pulumi.Input<string>;
    /** URI of the subnet. */
    subnet: pulumi.Input<string>;
    /** Name of the cluster. Default: none; jobs are Serverless batches. */
    cluster?: pulumi.Input<string>;
    /** Image of Serverless batches. */
    image: pulumi.Input<string>;
    /** Name of the workflow that runs the same jobs on a schedule; "" for none. */
    workflow: string;
    /** E-mail of the jobs' service account. */
    account: pulumi.Input<string>;
    /** Cloud KMS key for the disks of Serverless batches. Default: Google's own key. */
    kmsKey?: pulumi.Input<string>;
    /** Resources that have to exist before a job can run. */
    ready: pulumi.Resource[];
}

/** Runs jobs on Dataproc, and describes them for the workflow of the schedule. */
export class Jobs {
    private readonly args: JobsArgs;

    constructor(args: JobsArgs) {
        this.args = args;
    }

    run(name: string, jobs: Job[]): Runs {
        const conf = this.properties();
        return new Runs(name, { jobs, launcher: this.launcher(), conf, ready: this.args.ready });
    }

    /** Returns the same jobs as steps of a workflow on the cluster; none without a cluster. */
    steps(runs: Runs): pulumi.Output<WorkflowStep>[] {
        const { cluster, scripts } = this.args;
        return (cluster ? runs.scheduled : []).map((work) =>
            pulumi.all([work, scripts]).apply(([{ job, script, args, conf, after }, folder]) => ({
                stepId: job,
                prerequisiteStepIds: after,
                pysparkJob: {
                    ...pysparkOf(folder, { script, args }, scheduledRun(job)),
                    properties: conf,
                },
            })),
        );
    }

    /** Returns the same jobs as Serverless batches of a workflow; none with a cluster. */
    batches(runs: Runs): pulumi.Output<ScheduledBatch>[] {
        const { cluster, workflow } = this.args;
        return (cluster ? [] : runs.scheduled).map((work) =>
            pulumi.all([work, this.serverless()]).apply(([{ job, ...others }, config]) => ({
                job,
                batch: batchOf(config, others, scheduledRun(job), {
                    ...config.labels,
                    "london-power-job": job,
                    [SCHEDULE_LABEL]: workflow,
                }),
            })),
        );
    }

    private launcher(): SparkRunArgs["launcher"] {
        const { cluster, workflow } = this.args;
        return cluster
            ? pulumi.output({ kind: "dataproc" as const, ...this.common(), cluster, workflow })
            : this.serverless();
    }

    private serverless() {
        const { settings, image, subnet, account, kmsKey, workflow } = this.args;
        return pulumi.output({
            kind: "serverless" as const,
            ...this.common(),
            runtime: settings.serverlessRuntime,
            image,
            subnetwork: subnet,
            serviceAccount: account,
            kmsKey: kmsKey ?? "",
            workflow,
        });
    }

    /** Returns the configuration that all launchers on Google Cloud have in common. */
    private common() {
        const { settings, scripts, bucket } = this.args;
        const { project, region, endpoint, labels } = settings;
        return { project, region, bucket, scripts, labels, endpoint, stack: pulumi.getStack() };
    }

    /** Returns the Spark settings of every driver. */
    private properties(): Record<string, string> {
        const { driverMemory, workers, maxWorkers, machineType, compute, endpoint } = this.args.settings;
        const size =
            compute === "cluster"
                ? { "spark.driver.memory": driverMemory }
                : batchSize({ driverMemory, workers, maxWorkers });
        const cores = compute === "cluster" ? coresOf(machineType) : Number(size["spark.executor.cores"]);
        return {
            ...size,
            // One per core: Spark's default of 200 is for far larger clusters.
            "spark.sql.shuffle.partitions": `${workers * cores}`,
            ...(endpoint && { "spark.londonPower.googleEndpoint": endpoint }),
        };
    }
}

/** Returns the prefix of a scheduled run's id. The job appends the time, which a workflow of Dataproc cannot do. */
function scheduledRun(job: string): string {
    return `${job}-scheduled`;
}

/** Returns the number of cores of a machine type: the first number after its kind; 2 for shared-core types, which name none. */
function coresOf(machineType: string): number {
    return Number(/-(\d+)/.exec(machineType)?.[1] ?? 2);
}
