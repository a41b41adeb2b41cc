import type { JsonSchema, Work } from "../sdk/work.ts";

/** A PySpark application as one run of a job. `--run <runId>` is appended to its arguments. */
export interface Submission extends Work {
    /** Content-derived: two submissions have the same id when, and only when, they would do the same work. */
    runId: string;
    /** What the job has to report of its work. */
    results: JsonSchema;
}

/**
 * Runs drivers on one kind of target. There are a process of this machine, a one-shot Swarm service, and on Google Cloud
 * a Dataproc job or a Serverless batch. Each finds its runs again by the job's name, so that a run lost from Pulumi's state is not started twice.
 */
export interface Launcher {
    /** The newest run of a job, whatever has become of it. */
    find(job: string): Promise<Run | undefined>;
    /** Starts a driver and returns as soon as `find` would find it. */
    submit(submission: Submission): Promise<Run>;
    /** Waits for the end of a run and passes on what its driver says meanwhile. It does not stop the run on `signal`: it
     * only stops waiting, and throws the signal's reason. */
    follow(run: Run, onLine: (line: string) => void, signal: AbortSignal): Promise<Ending>;
    /** Stops a run; returns when its driver is gone. No error where it was gone already. */
    cancel(run: Run): Promise<void>;
    /** Keeps how a run ended, so that `find` can tell. */
    settle(run: Run, outcome: Outcome): Promise<void>;
    /** Removes all that is kept of a job's runs. */
    forget(job: string): Promise<void>;
}

/** A run that a launcher has started. */
export interface Run {
    runId: string;
    job: string;
    /** When it was submitted, ISO 8601. */
    startedAt: string;
    /** Where people find the whole log of the driver: a path or a URL. */
    log: string;
    /** How it ended, as far as that has been settled. */
    outcome?: Outcome;
}

/** How the driver's process ended, as far as the target tells. */
export interface Ending {
    /** Exit code; `undefined` where nobody could see it, as with a driver that was started by another process. */
    code?: number;
    /** In words, e.g. `exit code 1` or `killed by SIGKILL`. */
    text: string;
}

/** How a run ended. */
export interface Outcome {
    state: "succeeded" | "failed" | "cancelled";
    /** What the job reported of its work; empty unless it succeeded. */
    metrics: Record<string, unknown>;
    /** From submission to end, in seconds. */
    seconds: number;
}

/** Which launcher, and what it has to know of the target. */
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
    /** Cores of a driver; 0 for all of the machine. */
    cores: number;
    /** Heap of a driver in JVM notation, e.g. `2g`. */
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
    /** Begins the names of the services, and tells those of one stack from another's. */
    stack: string;
    image: string;
    /** Id of the overlay network. */
    network: string;
    /** Name of the volume with the project's files. */
    volume: string;
    /** Folder of the scripts in the containers. */
    scripts: string;
    /** The Docker secrets that every driver gets. */
    secrets: SwarmSecret[];
    /** Those that a driver gets when it uses the login, by the consumer whose login it is. */
    logins: Record<string, SwarmSecret>;
    /** Placement constraints: the volume is on one node. */
    constraints: string[];
    /** Heap of a driver in JVM notation, e.g. `2g`. */
    memory: string;
    /** Most that a driver's container may use, in bytes. */
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
}
