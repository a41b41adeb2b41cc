import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import type { DataPlatform, SparkJobArgs } from "../../components/platform.ts";
import { record, settled } from "../components/recorder.ts";

const recorded = record(({ name }) => ({ runId: `${name}-run`, metrics: {} }));
const { Pipeline } = await import("../../jobs/pipeline.ts");
const { jvmFor } = await import("../../jobs/jvm.ts");
const { findReadings } = await import("../../jobs/readings.ts");
const { SparkRun } = await import("../../provider/sdk/sparkRun.ts");

/** A platform of no kind: it only hands the jobs on. */
const platform: DataPlatform = {
    lake: pulumi.output("lake://l"),
    lakeGeneration: pulumi.output("lake-1"),
    documents: {
        database: pulumi.output("power"),
        generation: pulumi.output("documents-1"),
        credentials: (consumer) => pulumi.output(`/credentials/${consumer}`),
    },
    endpoints: {},
    input: (paths) => paths.map((path) => `file:///seen/${path}`),
    submit: (name: string, job: SparkJobArgs, opts) =>
        new SparkRun(name, { job: name, ...job, launcher: {} as never }, opts),
};

test.serial(
    "the jobs feed one another, and each gets what it needs of the platform and no more",
    async (t) => {
        const training = { testPercent: 25, models: ["linear", "tree"], trainSeconds: 60 };
        new Pipeline("p", platform, { readings: ["data/power_1.csv"], documents: "daily", ...training });
        await settled();
        const inputs = Object.fromEntries(recorded.map((resource) => [resource.name, resource.inputs]));

        t.deepEqual(Object.keys(inputs).sort(), ["analyze", "ingest", "load", "p", "report", "train"]);
        t.regex(
            inputs.ingest.args.join(" "),
            /^--from csv --to lake --lake lake:\/\/l --csv file:\/\/\/seen\/data\/power_1\.csv$/,
        );
        t.is(
            inputs.load.args.join(" "),
            "--from lake --to mongo --lake lake://l --documents daily --mongo-credentials /credentials/ingest --mongo-database power",
        );
        t.is(
            inputs.analyze.args.join(" "),
            "--lake lake://l --mongo-credentials /credentials/analysis --mongo-database power",
        );
        t.is(
            inputs.train.args.slice(2, 8).join(" "),
            "--test-fraction 0.25 --models linear,tree --seconds 60",
        );
        t.is(inputs.load.script, "jobs/pyspark/ingest.py");
        t.deepEqual(inputs.report.args, ["--lake", "lake://l"]);
        const { load, analyze, train } = inputs.report.triggers;
        t.deepEqual([load, analyze, train], ["load-run", "analyze-run", "train-run"]);

        t.deepEqual(Object.keys(inputs.ingest.triggers).sort(), [
            "Python packages",
            "script",
            "shared code",
            "the lake's folder",
            "the readings",
        ]);
        for (const job of ["load", "analyze", "train"]) {
            t.like(inputs[job].triggers, { ingest: "ingest-run", "the document store": "documents-1" });
        }
    },
);

test("a job over few readings gets a JVM that starts fast, one over many its whole compiler", async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "jvm-"));
    t.teardown(() => rm(folder, { recursive: true }));
    const readings = [join(folder, "1.csv"), join(folder, "2.csv")];
    const jobs = ["ingest", "load", "analyze", "train", "report"] as const;
    const quick = async (megabytes: number) => {
        await Promise.all(
            readings.map((file) => writeFile(file, "").then(() => truncate(file, megabytes * 5e5))),
        );
        return jobs.filter((job) => "spark.executor.extraJavaOptions" in jvmFor(job, readings));
    };

    t.deepEqual(await quick(20), [...jobs]);
    t.deepEqual(await quick(21), ["ingest", "load", "analyze", "report"]);
    t.deepEqual(await quick(1001), ["ingest", "report"]);
});

test.serial("data that are not there are refused with the command that sets them", (t) => {
    t.throws(() => findReadings("data/nowhere-*.csv"), {
        instanceOf: pulumi.RunError,
        message:
            /london-power:data is "data\/nowhere-\*\.csv"[\s\S]*pulumi config set london-power:data data\/power_1\.csv/,
    });
});
