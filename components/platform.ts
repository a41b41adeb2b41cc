import type * as pulumi from "@pulumi/pulumi";
import type { SparkRun } from "../provider/sdk/sparkRun.ts";

/** What every target offers to the jobs. Nothing behind it may show: the same jobs run on each. */
export interface DataPlatform {
    /** Root of the lake as a Hadoop file system URI: file://, hdfs:// or gs://. */
    readonly lake: pulumi.Output<string>;
    /** Changes when the lake is made anew, so that what was in it is known to be gone. */
    readonly lakeGeneration: pulumi.Output<string>;
    /** MongoDB, or a server that talks its protocol. */
    readonly documents: Documents;
    /** Addresses for people and programs, by name. */
    readonly endpoints: Record<string, pulumi.Output<string>>;
    /** What people log in with, by name; secret. Absent where nothing asks for it. */
    readonly logins?: Record<string, pulumi.Output<string>>;
    /** Since when the platform has the credentials that it has generated, by the part that is rotated as a whole. Absent where
     * it generates none. */
    readonly credentials?: Record<string, pulumi.Output<Credential>>;
    /** The environment in which a notebook of this machine works with the platform; no secret. Absent where the platform
     * has a Jupyter of its own, the endpoint `jupyter`. */
    readonly notebook?: Record<string, pulumi.Output<string>>;
    /** Dataset of the warehouse over the lake, once `finish` was called. Absent where there is none. */
    readonly warehouse?: pulumi.Output<string>;
    /** Files of this machine as URIs under which the jobs see them, in the same order. Called once. */
    input(paths: string[]): pulumi.Input<string>[];
    /** Runs a job on the target. */
    submit(name: string, args: SparkJobArgs, opts?: pulumi.ComponentResourceOptions): SparkRun;
    /** Makes what needs the jobs. Called once, after all were submitted. Absent where there is nothing.
     *
     * @param readings the run that writes the lake's readings */
    finish?(readings: SparkRun): void;
}

/** MongoDB as jobs see it: where their credentials are, never the credentials. */
export interface Documents {
    /** The database for readings and results. */
    readonly database: pulumi.Output<string>;
    /** Changes when the database is made anew, so that what was stored is known to be gone. */
    readonly generation: pulumi.Output<string>;
    /** Path of the file with a consumer's connection string, as the driver sees it. */
    credentials(consumer: Consumer): pulumi.Output<string>;
}

/** Who talks to MongoDB: `ingest` writes readings, `analysis` writes results. */
export type Consumer = "ingest" | "analysis";

/** The credentials of a part of a platform. */
export interface Credential {
    /** How often they have been rotated. */
    rotation: number;
    /** When they were made, ISO 8601. */
    since: string;
}

/** What a job needs, never where it runs. */
export interface SparkJobArgs {
    /** Path of the PySpark script, relative to the project's folder. */
    script: pulumi.Input<string>;
    /** Its arguments; `--run <id>` is appended. Never a secret: those come in files. */
    args: pulumi.Input<string>[];
    /** Spark settings that suit this job; they must not change its results. */
    conf?: Record<string, string>;
    /** What else makes its results, each as a name for people and a digest; a change runs the job again. */
    triggers: Record<string, pulumi.Input<string>>;
}
