import type * as pulumi from "@pulumi/pulumi";
import type { JsonSchema } from "../provider/sdk/work.ts";
import type { MongoLogin } from "./platform.ts";

/** A PySpark job as one plain value: what it does, what makes it run again, whom it follows. Targets make runs of it. */
export interface Job {
    /** 1 to 40 lower-case letters, digits and hyphens; no other job of the graph has it. */
    readonly name: string;
    /** Path of the PySpark script, relative to the project's folder. */
    readonly script: string;
    /** What follows the script on the command line, but for what `uses` adds; never a secret. */
    readonly args: pulumi.Input<string>[];
    /** What else makes its results: a name for people and a digest each. A change runs the job again. */
    readonly reads: Record<string, pulumi.Input<string>>;
    /** The jobs that have to succeed before; when one of them runs again, this one does. */
    readonly after: Job[];
    /** The logins that it needs. Nobody else's file is given to its driver. */
    readonly uses: MongoLogin[];
    /** Spark properties that suit it; they must not change its results. */
    readonly conf: Record<string, string>;
    /** The tables of the lake that it publishes, as far as a target has something that reads them. */
    readonly publishes: Table[];
    /** What it has to report of its work, and what of it the stack's outputs show. */
    readonly results: JobResults;
}

export interface JobResults {
    /** Of its metrics. */
    readonly schema: JsonSchema;
    /** By name; groups of the same name from several jobs become one. `addressOf`: where a person opens a file of the lake. */
    // biome-ignore lint/suspicious/noExplicitAny: the metrics are those of the schema, which `results` in jobs/results/contract.ts sees to.
    outputs(metrics: pulumi.Output<any>, addressOf: (uri: string) => string): Record<string, unknown>;
}

/** A table of the lake that a target may put to further use. */
export type Table = "readings";
