import type { JsonSchema, Work } from "../sdk/work.ts";

/** A PySpark application as one run of a job. `--run <runId>` is appended to its arguments. */
export interface Submission extends Work {
    /** Digest of the inputs: two submissions have the same id if and only if they do the same work. */
    runId: string;
    /** JSON Schema of the metrics that the job has to report. */
    results: JsonSchema;
}

/**
 * Runs drivers on one kind of target: as a process of this machine, a one-shot Swarm service, a Dataproc job or a Serverless
 * batch. A launcher finds its runs again by the job's name, so that a run that Pulumi's state has lost is not started twice.
 */
export interface Launcher {
    /** Returns the newest run of a job, in whatever state. */
    find(job: string): Promise<Run | undefined>;
    /** Starts a driver and returns as soon as `find` can find the run. */
    submit(submission: Submission): Promise<Run>;
    /** Waits for the end of a run and passes its driver's lines on. On `signal` it stops waiting and throws the signal's
     * reason; it does not stop the run. */
    follow(run: Run, onLine: (line: string) => void, signal: AbortSignal): Promise<Ending>;
    /** Stops a run and returns when its driver has ended. Succeeds if the driver had ended before. */
    cancel(run: Run): Promise<void>;
    /** Stores the outcome of a run for `find`. */
    settle(run: Run, outcome: Outcome): Promise<void>;
    /** Removes all records of a job's runs. */
    forget(job: string): Promise<void>;
}

/** A run that a launcher has started. */
export interface Run {
    runId: string;
    job: string;
    /** Time of submission, ISO 8601. */
    startedAt: string;
    /** Path or URL of the driver's whole log. */
    log: string;
    /** The outcome, if it has been stored. */
    outcome?: Outcome;
}

/** The end of the driver's process, as far as the target reports it. */
export interface Ending {
    /** Exit code; `undefined` if it is unknown, as for a driver that another process started. */
    code?: number;
    /** The end in words, such as `exit code 1` or `killed by SIGKILL`. */
    text: string;
}

/** The outcome of a run. */
export interface Outcome {
    state: "succeeded" | "failed" | "cancelled";
    /** The metrics that the job reported; empty unless it succeeded. */
    metrics: Record<string, unknown>;
    /** Time from submission to end, in seconds. */
    seconds: number;
}
