import type * as pulumi from "@pulumi/pulumi";
import type { Documents } from "./documents.ts";
import type { Job } from "./job.ts";
import type { Runs } from "./runs.ts";

/** The interface that every target offers to the jobs. It hides the target, so that the same jobs run on each. */
export interface DataPlatform {
    /** Root of the lake, as a URI of a Hadoop file system: file://, hdfs:// or gs://. */
    readonly lake: pulumi.Output<string>;
    /** Changes when the lake is created again and its old content is lost. */
    readonly lakeGeneration: pulumi.Output<string>;
    /** MongoDB, or a server that speaks its protocol. */
    readonly documents: Documents;
    /** Addresses for people and programs, by name. */
    readonly endpoints: Record<string, pulumi.Output<string>>;
    /** Credentials for people, by name; secret. Absent if no service asks for any. */
    readonly logins?: Record<string, pulumi.Output<string>>;
    /** The age of the generated credentials, by the part that a rotation replaces as a whole. Absent if the platform generates
     * none. */
    readonly credentials?: Record<string, pulumi.Output<Credential>>;
    /** The environment for a notebook on this machine; no secret. Absent if the platform has its own Jupyter, the endpoint
     * `jupyter`. */
    readonly notebook?: Record<string, pulumi.Output<string>>;
    /** The BigQuery dataset with views on the lake. Absent on other targets. */
    readonly warehouse?: pulumi.Output<string>;
    /** Returns the address at which a person opens a file of the lake.
     *
     * @param uri URI of the file for jobs */
    addressOf(uri: string): string;
    /** Returns the URIs under which jobs read files of this machine, in the same order.
     *
     * @param name folder of the copies, on a target that copies the files */
    input(name: string, paths: string[]): pulumi.Input<string>[];
    /** Runs the jobs on the target, now and on its schedule, and creates the resources that need their results.
     *
     * @param jobs each after the jobs that it follows */
    run(name: string, jobs: Job[]): Runs;
}

/** The age of the credentials of one part of a platform. */
export interface Credential {
    /** Number of rotations so far. */
    rotation: number;
    /** Time of the last rotation, ISO 8601. */
    since: string;
}
