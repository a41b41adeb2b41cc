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
    /** The CSV file with the price of each half hour on the time-of-use tariff; empty if it is unknown. */
    prices: string[];
    /** The clock of the readings' times; `auto` if ingest has to find it out. */
    zone: "auto" | "GMT" | "Europe/London";
    /** Whether a time is the start or the end of its half hour; `auto` if ingest has to find it out. */
    label: "auto" | "start" | "end";
    /** Share of the time span, at its end, that tests the models, in percent. */
    testPercent: number;
    /** Names of the models to train. */
    models: string[];
    /** Largest number of readings for training and test; households are kept whole. */
    trainRows: number;
    /** Time for trying parameters, in seconds. */
    trainSeconds: number;
    /** Content of a document in MongoDB: a reading (raw), a household's day (daily), or auto: raw up to 100,000 readings. */
    documents: "auto" | "daily" | "raw";
}

/** Returns the jobs, each after the jobs that it follows: CSV → lake → MongoDB, and lake → answers and models → report. */
export function pipeline(platform: DataPlatform, args: PipelineArgs): Job[] {
    const { lake, documents } = platform;
    const { readings, prices } = args;
    const priced = prices.length > 0;
    const pricesFile = priced ? platform.input("prices", prices) : [];
    const pricesRead: Record<string, string> = priced ? { "the prices": digestOf(prices) } : {};

    // Writes the CSV files to the lake as Parquet, and the rows that it refuses to the quarantine.
    const ingest = job("ingest", {
        script: "ingest.py",
        options: { lake, zone: args.zone, label: args.label, csv: platform.input("data", readings) },
        reads: { ...digestsOf(readings), "the lake's folder": platform.lakeGeneration },
        conf: jvmFor("ingest", readings),
        results: ingestResults,
        publishes: ["readings"],
    });

    // Copies the readings from the lake to MongoDB.
    const load = job("load", {
        script: "load.py",
        options: { lake, documents: args.documents },
        after: [ingest],
        uses: [documents.as("ingest")],
        conf: jvmFor("load", readings),
        results: loadResults,
    });

    // Answers the questions: consumption by Acorn group, load profile, tariffs, data quality.
    const analyze = job("analyze", {
        script: "analyze.py",
        options: { lake, prices: pricesFile },
        reads: pricesRead,
        after: [ingest],
        uses: [documents.as("analysis")],
        conf: jvmFor("analyze", readings),
        results: analyzeResults,
    });

    // Trains models of kWh per half hour, and a model that tells Acorn groups by consumption.
    const train = job("train", {
        script: "train.py",
        options: {
            lake,
            prices: pricesFile,
            "test-fraction": `${args.testPercent / 100}`,
            models: args.models.join(","),
            "max-rows": `${args.trainRows}`,
            seconds: `${args.trainSeconds}`,
        },
        reads: pricesRead,
        after: [ingest],
        uses: [documents.as("analysis")],
        conf: jvmFor("train", readings),
        results: trainResults,
    });

    // Writes the results of the other jobs to one HTML page.
    const report = job("report", {
        script: "report.py",
        options: { lake },
        after: [load, analyze, train],
        conf: jvmFor("report", readings),
        results: reportResults,
    });

    return [ingest, load, analyze, train, report];
}
