import { digestOf } from "../components/digest.ts";
import type { Job } from "../components/job.ts";
import type { DataPlatform } from "../components/platform.ts";
import { job } from "./job.ts";
import { jvmFor } from "./jvm.ts";

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
export function pipeline(platform: DataPlatform, args: PipelineArgs): Job[] {
    const { lake, documents } = platform;
    const { readings } = args;

    // CSV → Parquet in the lake; unreadable rows to the quarantine.
    const ingest = job("ingest", {
        script: "ingest.py",
        args: ["--lake", lake, ...platform.input("data", readings).flatMap((uri) => ["--csv", uri])],
        reads: { "the readings": digestOf(readings), "the lake's folder": platform.lakeGeneration },
        conf: jvmFor("ingest", readings),
        publishes: ["readings"],
    });

    // Lake → MongoDB.
    const load = job("load", {
        script: "load.py",
        args: ["--lake", lake, "--documents", args.documents],
        after: [ingest],
        uses: [documents.as("ingest")],
        conf: jvmFor("load", readings),
    });

    // Consumption by Acorn group, load profile, effect of the tariff, data quality.
    const analyze = job("analyze", {
        script: "analyze.py",
        args: ["--lake", lake],
        after: [ingest],
        uses: [documents.as("analysis")],
        conf: jvmFor("analyze", readings),
    });

    // Predicts kWh per half hour; tells Acorn groups by consumption.
    const train = job("train", {
        script: "train.py",
        args: [
            ...["--lake", lake, "--test-fraction", `${args.testPercent / 100}`],
            ...["--models", args.models.join(","), "--seconds", `${args.trainSeconds}`],
        ],
        after: [ingest],
        uses: [documents.as("analysis")],
        conf: jvmFor("train", readings),
    });

    // What the others have found, on one HTML page.
    const report = job("report", {
        script: "report.py",
        args: ["--lake", lake],
        after: [load, analyze, train],
        conf: jvmFor("report", readings),
    });

    return [ingest, load, analyze, train, report];
}
