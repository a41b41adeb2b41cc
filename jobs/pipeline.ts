import { digestOf } from "../components/common/digest.ts";
import type { Job } from "../components/common/job.ts";
import type { DataPlatform } from "../components/common/platform.ts";
import { job } from "./job.ts";
import { jvmFor } from "./jvm.ts";
import { digestsOf } from "./readings.ts";
import { analyzeResults } from "./results/analyze.ts";
import { ingestResults } from "./results/ingest.ts";
import { loadResults } from "./results/load.ts";
import { reportResults } from "./results/report.ts";
import { trainResults } from "./results/train.ts";

export interface PipelineArgs {
    /** The CSV files with the readings; relative to the project's folder or absolute. */
    readings: string[];
    /** The CSV file with the price of each half hour on the time-of-use tariff; none if it is not known. */
    prices: string[];
    /** Whose clock the readings' times are of; `auto` for what the readings themselves show. */
    zone: "auto" | "GMT" | "Europe/London";
    /** Whether such a time is the start or the end of its half hour. */
    label: "auto" | "start" | "end";
    /** Share of the time span that the model is tested on, in percent. */
    testPercent: number;
    /** Names of the models to train. */
    models: string[];
    /** At most so many readings they see, of whole households. */
    trainRows: number;
    /** How long their parameters may be tried, in seconds. */
    trainSeconds: number;
    /** What becomes a document in MongoDB: a reading, a household's day, or what suits their number. */
    documents: "auto" | "daily" | "raw";
}

/** Which jobs there are and what feeds what: CSV → lake → MongoDB, and lake → answers and model → report. */
export function pipeline(platform: DataPlatform, args: PipelineArgs): Job[] {
    const { lake, documents } = platform;
    const { readings, prices } = args;

    // CSV → Parquet in the lake; unreadable rows to the quarantine.
    const ingest = job("ingest", {
        script: "ingest.py",
        args: [
            ...["--lake", lake, "--zone", args.zone, "--label", args.label],
            ...platform.input("data", readings).flatMap((uri) => ["--csv", uri]),
        ],
        reads: { ...digestsOf(readings), "the lake's folder": platform.lakeGeneration },
        conf: jvmFor("ingest", readings),
        results: ingestResults,
        publishes: ["readings"],
    });

    // Lake → MongoDB.
    const load = job("load", {
        script: "load.py",
        args: ["--lake", lake, "--documents", args.documents],
        after: [ingest],
        uses: [documents.as("ingest")],
        conf: jvmFor("load", readings),
        results: loadResults,
    });

    // Consumption by Acorn group, load profile, the two tariffs, data quality.
    const analyze = job("analyze", {
        script: "analyze.py",
        args: ["--lake", lake, ...pricesOf(platform, prices)],
        reads: prices.length > 0 ? { "the prices": digestOf(prices) } : {},
        after: [ingest],
        uses: [documents.as("analysis")],
        conf: jvmFor("analyze", readings),
        results: analyzeResults,
    });

    // Predicts kWh per half hour; tells Acorn groups by consumption.
    const train = job("train", {
        script: "train.py",
        args: [
            ...["--lake", lake, "--test-fraction", `${args.testPercent / 100}`],
            ...["--models", args.models.join(",")],
            ...["--max-rows", `${args.trainRows}`, "--seconds", `${args.trainSeconds}`],
        ],
        after: [ingest],
        uses: [documents.as("analysis")],
        conf: jvmFor("train", readings),
        results: trainResults,
    });

    // What the others have found, on one HTML page.
    const report = job("report", {
        script: "report.py",
        args: ["--lake", lake],
        after: [load, analyze, train],
        conf: jvmFor("report", readings),
        results: reportResults,
    });

    return [ingest, load, analyze, train, report];
}

function pricesOf(platform: DataPlatform, prices: string[]) {
    return prices.length > 0 ? platform.input("prices", prices).flatMap((uri) => ["--prices", uri]) : [];
}
