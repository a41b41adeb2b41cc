import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { DataPlatform } from "../components/platform.ts";
import type { SparkRun } from "../provider/sdk/sparkRun.ts";
import { digestOf, filesOf } from "./digest.ts";
import { sparkJob } from "./sparkJob.ts";

export interface PipelineArgs {
    /** The readings: a CSV file, a folder of them or a glob; relative to the project's folder or absolute. */
    data: string;
    /** Share of the time span that the model is tested on, in percent. */
    testPercent: number;
}

/** Which jobs there are and what feeds what: CSV → lake → MongoDB, and lake → answers and model. */
export class Pipeline extends pulumi.ComponentResource {
    /** CSV → Parquet in the lake; unreadable rows to the quarantine. */
    readonly ingest: SparkRun;
    /** Lake → MongoDB. */
    readonly load: SparkRun;
    /** Monthly consumption by Acorn group; standard against time-of-use tariff. */
    readonly analyze: SparkRun;
    /** Predicts kWh per half hour. */
    readonly train: SparkRun;

    constructor(
        name: string,
        platform: DataPlatform,
        args: PipelineArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("london-power:jobs:Pipeline", name, {}, opts);
        const { lake, documents } = platform;
        const mongo = (credentials: pulumi.Output<string>) => [
            ...["--mongo-credentials", credentials],
            ...["--mongo-database", documents.database],
        ];

        const csv = filesOf(args.data);
        if (csv.length === 0) {
            throw new pulumi.RunError(
                `london-power:data is ${JSON.stringify(args.data)}, which names no file below ${resolve(".")}. ` +
                    "Set it: pulumi config set london-power:data data/power_1.csv",
            );
        }
        this.ingest = sparkJob(platform, "ingest", "ingest.py", {
            args: [
                ...["--from", "csv"],
                ...platform.input(csv).flatMap((uri) => ["--csv", uri]),
                "--to",
                "lake",
                "--lake",
                lake,
            ],
            reads: { [args.data]: digestOf(csv), "the lake's folder": platform.lakeGeneration },
            parent: this,
        });
        const lakeData = { ingest: this.ingest.runId };
        this.load = sparkJob(platform, "load", "ingest.py", {
            args: [
                "--from",
                "lake",
                "--to",
                "mongo",
                "--lake",
                lake,
                ...mongo(documents.credentials("ingest")),
            ],
            reads: { ...lakeData, "the document store": documents.generation },
            parent: this,
        });
        this.analyze = sparkJob(platform, "analyze", "analyze.py", {
            args: ["--lake", lake, ...mongo(documents.credentials("analysis"))],
            reads: { ...lakeData, "the document store": documents.generation },
            parent: this,
        });
        this.train = sparkJob(platform, "train", "train.py", {
            args: [
                ...["--lake", lake, ...mongo(documents.credentials("analysis"))],
                ...["--test-fraction", `${args.testPercent / 100}`],
            ],
            reads: { ...lakeData, "the document store": documents.generation },
            parent: this,
        });
        this.registerOutputs({ ingest: this.ingest.runId });
    }
}
