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

/** The kind of launcher and what it needs to know about the target. */
export type LauncherConfig =
    | LocalLauncherConfig
    | SwarmLauncherConfig
    | DataprocLauncherConfig
    | ServerlessLauncherConfig;

/** Drivers as processes of this machine, Spark in local mode. */
export interface LocalLauncherConfig {
    kind: "local";
    /** Folder for the runs' records and logs. */
    runsDir: string;
    /** Folder for Spark's temporary files. */
    scratchDir: string;
    /** Number of cores of a driver; 0 for all cores of the machine. */
    cores: number;
    /** Heap of a driver in JVM notation, such as `2g`. */
    memory: string;
    /** Folder of the scheduler, if there is one; see `endScheduler`. */
    scheduleDir: string;
}

/** Drivers as one-shot services of a Docker Swarm. */
export interface SwarmLauncherConfig {
    kind: "swarm";
    /** The Docker engine, as in DOCKER_HOST. */
    host: string;
    /** Folder of this machine for the runs' records and logs. */
    runsDir: string;
    /** Prefix of the names of the services; each stack has its own. */
    stack: string;
    image: string;
    /** Id of the overlay network. */
    network: string;
    /** Name of the volume with the project's files. */
    volume: string;
    /** Folder of the scripts in a container. */
    scripts: string;
    /** The Docker secrets that every driver gets. */
    secrets: SwarmSecret[];
    /** The Docker secrets that a driver gets only if it uses the login, by the consumer of the login. */
    logins: Record<string, SwarmSecret>;
    /** Placement constraints; the volume exists on one node only. */
    constraints: string[];
    /** Heap of a driver in JVM notation, such as `2g`. */
    memory: string;
    /** Memory limit of a driver's container, in bytes. */
    memoryLimit: number;
}

export interface SwarmSecret {
    id: string;
    name: string;
    /** Name of its file under `/run/secrets`. */
    file: string;
}

/** What all drivers on Google Cloud have in common. */
export interface GoogleLauncherConfig {
    project: string;
    region: string;
    /** Bucket for the runs' records (`runs/<stack>/<job>/…`). */
    bucket: string;
    stack: string;
    /** gs:// folder that holds jobs/pyspark of this digest. */
    scripts: string;
    labels: Record<string, string>;
    /** Base URL of a server that takes Google's place; "" for Google's own. */
    endpoint: string;
}

/** Drivers as jobs of a Dataproc cluster. */
export interface DataprocLauncherConfig extends GoogleLauncherConfig {
    kind: "dataproc";
    cluster: string;
    /** Name of the workflow template by which the clock runs the same jobs, or "". */
    workflow: string;
}

/** Drivers as Dataproc Serverless batches. */
export interface ServerlessLauncherConfig extends GoogleLauncherConfig {
    kind: "serverless";
    /** Runtime version, e.g. 2.2. */
    runtime: string;
    /** URI of the subnet. */
    subnetwork: string;
    /** e-mail */
    serviceAccount: string;
    /** Key of Cloud KMS for its disks, or "" for Google's own. */
    kmsKey: string;
    /** Container image with our Python packages, or "". */
    image: string;
    /** Name of the workflow by which the clock runs the same jobs, or "". */
    workflow: string;
}
