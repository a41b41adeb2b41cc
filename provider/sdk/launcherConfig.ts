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
