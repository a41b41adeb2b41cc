import { posix } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { GoogleSettings } from "../../config/google.ts";
import type { Settings } from "../../config.ts";
import { SparkRun } from "../../provider/sdk/sparkRun.ts";
import type { SparkJobArgs } from "../platform.ts";
import { Submissions } from "../submissions.ts";
import type { ScheduledJob } from "./schedule.ts";

export interface JobsArgs {
    settings: Pick<Settings, "driverMemory">;
    google: GoogleSettings;
    /** Folder of the scripts, as a URI. */
    scripts: pulumi.Input<string>;
    /** Name of the bucket. */
    bucket: pulumi.Input<string>;
    /** URI of the subnet. */
    subnet: pulumi.Input<string>;
    /** Name of the cluster; absent for Serverless batches. */
    cluster?: pulumi.Input<string>;
    /** E-mail of the jobs' service account. */
    account: pulumi.Input<string>;
    /** A key of Cloud KMS for the disks of Serverless batches; absent for Google's own. */
    kmsKey?: pulumi.Input<string>;
    /** What has to be there before a job can run. */
    ready: pulumi.Resource[];
}

/** Submits jobs to Dataproc, and remembers them for the schedule. */
export class Jobs {
    private readonly args: JobsArgs;
    private readonly submissions = new Submissions();

    constructor(args: JobsArgs) {
        this.args = args;
    }

    submit(name: string, job: SparkJobArgs, opts?: pulumi.ComponentResourceOptions): SparkRun {
        // Deleted before replaced: `pulumi up --replace` has to run the job, not to find the run that it replaces.
        const run = new SparkRun(
            name,
            { job: name, ...job, launcher: this.launcher() },
            { ...opts, dependsOn: this.args.ready, deleteBeforeReplace: true },
        );
        return this.submissions.add(name, job, run);
    }

    /** All jobs as they were submitted. */
    scheduled(): ScheduledJob[] {
        const { scripts } = this.args;
        return this.submissions.jobs.map(({ name, script, args, conf, after }) => ({
            name,
            script: pulumi
                .all([scripts, script])
                .apply(([folder, path]) => `${folder}/${posix.basename(path)}`),
            package: pulumi.interpolate`${scripts}/london_power.zip`,
            args,
            properties: { ...this.properties(), ...conf },
            after,
        }));
    }

    private launcher(): ConstructorParameters<typeof SparkRun>[1]["launcher"] {
        const { google, scripts, bucket, cluster, subnet, account, kmsKey } = this.args;
        const { project, region, endpoint, labels } = google;
        const common = {
            ...{ project, region, bucket, scripts, labels, endpoint },
            ...{ stack: pulumi.getStack(), properties: this.properties() },
        };
        return cluster
            ? pulumi.output({ kind: "dataproc" as const, ...common, cluster })
            : pulumi.output({
                  ...{ kind: "serverless" as const, ...common },
                  ...{ runtime: google.serverlessRuntime, image: google.serverlessImage },
                  ...{ subnetwork: subnet, serviceAccount: account, kmsKey: kmsKey ?? "" },
              });
    }

    /** Spark settings of every driver. */
    private properties(): Record<string, string> {
        const { settings, google } = this.args;
        const { workers, machineType } = google;
        return {
            "spark.driver.memory": settings.driverMemory,
            // One for each core: Spark's default of 200 is for far more.
            "spark.sql.shuffle.partitions": `${workers * coresOf(machineType)}`,
            ...(google.endpoint && { "spark.londonPower.googleEndpoint": google.endpoint }),
        };
    }
}

/** Cores of a machine type, the first number behind its kind; of shared ones, which name none, 2. */
function coresOf(machineType: string): number {
    return Number(/-(\d+)/.exec(machineType)?.[1] ?? 2);
}
