import type * as pulumi from "@pulumi/pulumi";
import type { Job } from "./job.ts";
import type { Runs } from "./runs.ts";

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
    /** Dataset of the warehouse over the lake. Absent where there is none. */
    readonly warehouse?: pulumi.Output<string>;
    /** The address at which a person opens a file of the lake.
     *
     * @param uri of the file, as jobs know it */
    addressOf(uri: string): string;
    /** Files of this machine as URIs under which the jobs see them, in the same order.
     *
     * @param name what they are kept under on a target that copies them */
    input(name: string, paths: string[]): pulumi.Input<string>[];
    /** Runs the jobs on the target, now and by the clock, and makes what needs them. Each job stands behind those that it follows. */
    run(name: string, jobs: Job[]): Runs;
}

/** MongoDB as jobs see it: where their logins are, never the logins. */
export interface Documents {
    /** The database for readings and results. */
    readonly database: pulumi.Output<string>;
    /** Changes when the database is made anew, so that what was stored is known to be gone. */
    readonly generation: pulumi.Output<string>;
    /** The login of a consumer. */
    as(consumer: Consumer): MongoLogin;
}

/** A consumer's login to MongoDB: where a driver finds it. Who has this may be given the file, and nobody else. */
export interface MongoLogin {
    readonly consumer: Consumer;
    /** The file with the connection string, as the driver sees it: a path or the URI of a secret. */
    readonly file: pulumi.Output<string>;
    /** The database for readings and results. */
    readonly database: pulumi.Output<string>;
    /** Changes when the database is made anew, so that what was stored is known to be gone. */
    readonly generation: pulumi.Output<string>;
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
