import type { SparkRun } from "../provider/sdk/sparkRun.ts";
import type { SparkJobArgs } from "./platform.ts";

/** A job as it was submitted, for what runs it again by the clock. */
export interface SubmittedJob extends SparkJobArgs {
    name: string;
    /** Names of the jobs that have to succeed before: those whose runs trigger it. */
    after: string[];
}

/** What a platform was given to run. */
export class Submissions {
    /** Their runs; as `jobs`, in the order of submission. */
    readonly runs: SparkRun[] = [];
    private readonly given: { name: string; job: SparkJobArgs }[] = [];

    /** Remembers a job; its run. */
    add(name: string, job: SparkJobArgs, run: SparkRun): SparkRun {
        this.given.push({ name, job });
        this.runs.push(run);
        return run;
    }

    get jobs(): SubmittedJob[] {
        const names = this.given.map(({ name }) => name);
        return this.given.map(({ name, job }) => ({
            ...job,
            name,
            after: names.filter((other) => other in job.triggers),
        }));
    }
}
