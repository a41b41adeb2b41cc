import type * as pulumi from "@pulumi/pulumi";
import type { JsonSchema } from "../../provider/sdk/work.ts";
import type { MongoLogin } from "./documents.ts";

/** A PySpark job as a plain value: what it does, what makes it run again, and which jobs it follows. Targets run it. */
export interface Job {
    /** Name of the job, unique in the graph: 1 to 40 lower-case letters, digits and hyphens. */
    readonly name: string;
    /** Path of the PySpark script, relative to the project's folder. */
    readonly script: string;
    /** Arguments of the script, without those that `uses` adds; never a secret. */
    readonly args: pulumi.Input<string>[];
    /** Further inputs: a name for people and a digest each, after which a note for people may stand. A change runs the job
     * again. */
    readonly reads: Record<string, pulumi.Input<string>>;
    /** The jobs that have to succeed first; when one of them runs again, this job does too. */
    readonly after: Job[];
    /** The logins to MongoDB that it needs. Its driver gets the files of these and no others. */
    readonly uses: MongoLogin[];
    /** Spark properties; they must not change its results. */
    readonly conf: Record<string, string>;
    /** The tables of the lake that it publishes and that a target may read. */
    readonly publishes: Table[];
    /** The metrics that it has to report, and which of them the stack's outputs show. */
    readonly results: JobResults;
}

export interface JobResults {
    /** JSON Schema of the metrics. */
    readonly schema: JsonSchema;
    /** Returns the stack's outputs by name. Groups of the same name from several jobs are merged.
     *
     * @param addressOf returns the address at which a person opens a file of the lake */
    // biome-ignore lint/suspicious/noExplicitAny: `results` in jobs/results/contract.ts makes sure that the metrics match the schema.
    outputs(metrics: pulumi.Output<any>, addressOf: (uri: string) => string): Record<string, unknown>;
}

/** A table of the lake that a target may read. */
export type Table = "readings";
