import * as pulumi from "@pulumi/pulumi";
import { SparkRun, type SparkRunArgs } from "../../provider/sdk/sparkRun.ts";
import type { ScheduledWork } from "../../provider/sdk/work.ts";
import type { Job, Table } from "./job.ts";

export interface RunsArgs {
    /** The jobs, each after the jobs that it follows. */
    jobs: Job[];
    /** Configuration of the launcher that runs the drivers. */
    launcher: SparkRunArgs["launcher"];
    /** Spark properties of every driver on the target. Default: none. */
    conf?: Record<string, string>;
    /** Resources that have to exist before a job can run. Default: none. */
    ready?: pulumi.Resource[];
}

/** Runs the jobs of a graph on a target, each after the jobs that it follows. */
export class Runs extends pulumi.ComponentResource {
    /** The runs, in the order of the jobs. */
    readonly all: SparkRun[];
    /** The same jobs for the scheduler, in the same order. */
    readonly scheduled: pulumi.Output<ScheduledWork>[];
    /** Each job with its run, in the order of the jobs. */
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
                // `pulumi up --replace` has to run the job again instead of finding the run that it replaces.
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

    /** Returns the runs of the jobs that publish a table. */
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

/** The part of a job that its driver needs. */
function workOf({ name, script, args, uses, conf }: Job, common: Record<string, string>) {
    return {
        job: name,
        script,
        args: [...args, ...uses.flatMap(loginArguments)],
        conf: { ...common, ...conf },
        uses: uses.map(({ consumer }) => consumer),
    };
}

/** The arguments that jobs/pyspark reads. */
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
