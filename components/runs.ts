import * as pulumi from "@pulumi/pulumi";
import { SparkRun, type SparkRunArgs } from "../provider/sdk/sparkRun.ts";
import type { ScheduledWork } from "../provider/sdk/work.ts";
import type { Job, Table } from "./job.ts";

export interface RunsArgs {
    /** Each job stands behind those that it follows. */
    jobs: Job[];
    /** How drivers run on the target. */
    launcher: SparkRunArgs["launcher"];
    /** Spark properties of every driver on the target. Default: none. */
    conf?: Record<string, string>;
    /** What has to be there before a job can run. Default: nothing. */
    ready?: pulumi.Resource[];
}

/** The jobs of a graph as runs on a target, each after those that it follows. */
export class Runs extends pulumi.ComponentResource {
    /** In the order of the jobs. */
    readonly all: SparkRun[];
    /** The same jobs for what runs them again by the clock, in the same order. */
    readonly scheduled: pulumi.Output<ScheduledWork>[];
    /** In the order of the jobs. */
    readonly byJob: [Job, SparkRun][] = [];

    constructor(name: string, args: RunsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:jobs:Pipeline", name, {}, opts);
        const { jobs, conf = {}, launcher, ready } = args;
        checkNames(jobs);
        for (const job of jobs) {
            const run = new SparkRun(
                job.name,
                {
                    ...workOf(job, conf),
                    triggers: this.triggersOf(job),
                    results: job.results.schema,
                    launcher,
                },
                // Deleted before replaced: `pulumi up --replace` has to run the job, not to find the run that it replaces.
                { parent: this, dependsOn: ready, deleteBeforeReplace: true },
            );
            this.byJob.push([job, run]);
        }
        this.all = this.byJob.map(([, run]) => run);
        this.scheduled = jobs.map((job) =>
            pulumi.output({ ...workOf(job, conf), after: job.after.map(({ name }) => name) }),
        );
        this.registerOutputs();
    }

    /** The runs of the jobs that publish a table. */
    publishing(table: Table): SparkRun[] {
        return this.byJob.filter(([job]) => job.publishes.includes(table)).map(([, run]) => run);
    }

    private triggersOf({ name, reads, uses, after }: Job): Record<string, pulumi.Input<string>> {
        const triggers = { ...reads };
        for (const { generation } of uses) {
            triggers["the document store"] = generation;
        }
        for (const other of after) {
            const run = this.byJob.find(([before]) => before === other)?.[1];
            if (!run) {
                throw new pulumi.RunError(
                    `job ${name} follows ${other.name}, which is not before it: put ${other.name} before ${name}`,
                );
            }
            triggers[other.name] = run.runId;
        }
        return triggers;
    }
}

/** What a driver is given of a job. */
function workOf({ name, script, args, uses, conf }: Job, common: Record<string, string>) {
    return {
        job: name,
        script,
        args: [...args, ...uses.flatMap(loginArguments)],
        conf: { ...common, ...conf },
        uses: uses.map(({ consumer }) => consumer),
    };
}

/** As jobs/pyspark reads them. */
function loginArguments({ file, database }: Job["uses"][number]): pulumi.Input<string>[] {
    return ["--mongo-credentials", file, "--mongo-database", database];
}

function checkNames(jobs: Job[]): void {
    const names = jobs.map(({ name }) => name);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice) {
        throw new pulumi.RunError(`two jobs have the name ${twice}: give one of them another`);
    }
}
