import * as pulumi from "@pulumi/pulumi";
import type { Consumer, DataPlatform } from "../components/platform.ts";
import type { SparkRun } from "../provider/sdk/sparkRun.ts";
import { digestOf } from "./digest.ts";
import { jvmFor } from "./jvm.ts";
import { sparkJob } from "./sparkJob.ts";

export interface PipelineArgs {
    /** The CSV files with the readings; relative to the project's folder or absolute. */
    readings: string[];
    /** Share of the time span that the model is tested on, in percent. */
    testPercent: number;
    /** Names of the models to train. */
    models: string[];
    /** How long their parameters may be tried, in seconds. */
    trainSeconds: number;
    /** What becomes a document in MongoDB: a reading, a household's day, or what suits their number. */
    documents: "auto" | "daily" | "raw";
}

/** Which jobs there are and what feeds what: CSV → lake → MongoDB, and lake → answers and model → report. */
export class Pipeline extends pulumi.ComponentResource {
    /** CSV → Parquet in the lake; unreadable rows to the quarantine. */
    readonly ingest: SparkRun;
    /** Lake → MongoDB. */
    readonly load: SparkRun;
    /** Consumption by Acorn group, load profile, effect of the tariff, data quality. */
    readonly analyze: SparkRun;
    /** Predicts kWh per half hour; tells Acorn groups by consumption. */
    readonly train: SparkRun;
    /** What the others have found, on one HTML page. */
    readonly report: SparkRun;

    constructor(
        name: string,
        platform: DataPlatform,
        args: PipelineArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("london-power:jobs:Pipeline", name, {}, opts);
        const { lake, documents } = platform;
        const ingested = (ingest: SparkRun) => ({
            ingest: ingest.runId,
            "the document store": documents.generation,
        });
        const mongo = (consumer: Consumer) => [
            ...["--mongo-credentials", documents.credentials(consumer)],
            ...["--mongo-database", documents.database],
        ];

        this.ingest = sparkJob(platform, "ingest", "ingest.py", {
            args: [
                ...["--from", "csv", "--to", "lake", "--lake", lake],
                ...platform.input(args.readings).flatMap((uri) => ["--csv", uri]),
            ],
            reads: { "the readings": digestOf(args.readings), "the lake's folder": platform.lakeGeneration },
            conf: jvmFor("ingest", args.readings),
            parent: this,
        });
        this.load = sparkJob(platform, "load", "ingest.py", {
            args: [
                ...["--from", "lake", "--to", "mongo", "--lake", lake, "--documents", args.documents],
                ...mongo("ingest"),
            ],
            reads: ingested(this.ingest),
            conf: jvmFor("load", args.readings),
            parent: this,
        });
        this.analyze = sparkJob(platform, "analyze", "analyze.py", {
            args: ["--lake", lake, ...mongo("analysis")],
            reads: ingested(this.ingest),
            conf: jvmFor("analyze", args.readings),
            parent: this,
        });
        this.train = sparkJob(platform, "train", "train.py", {
            args: [
                ...["--lake", lake, "--test-fraction", `${args.testPercent / 100}`],
                ...["--models", args.models.join(","), "--seconds", `${args.trainSeconds}`],
                ...mongo("analysis"),
            ],
            reads: ingested(this.ingest),
            conf: jvmFor("train", args.readings),
            parent: this,
        });
        this.report = sparkJob(platform, "report", "report.py", {
            args: ["--lake", lake],
            reads: { load: this.load.runId, analyze: this.analyze.runId, train: this.train.runId },
            conf: jvmFor("report", args.readings),
            parent: this,
        });
        this.registerOutputs();
    }
}
