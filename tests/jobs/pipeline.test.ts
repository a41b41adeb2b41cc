import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import type { Job } from "../../components/common/job.ts";
import type { DataPlatform } from "../../components/common/platform.ts";
import { jobWith } from "../components/job.ts";
import { record, resolved, settled } from "../components/recorder.ts";

const recorded = record(({ name }) => ({ runId: `${name}-run`, metrics: {} }));
const { pipeline } = await import("../../jobs/pipeline.ts");
const { jvmFor } = await import("../../jobs/jvm.ts");
const { findPrices } = await import("../../jobs/prices.ts");
const { digestsOf, findReadings } = await import("../../jobs/readings.ts");
const { Runs } = await import("../../components/common/runs.ts");

const [database, generation] = [pulumi.output("power"), pulumi.output("documents-1")];

/** A platform of no kind: it only hands the jobs on. */
const platform: DataPlatform = {
    lake: pulumi.output("lake://l"),
    lakeGeneration: pulumi.output("lake-1"),
    documents: {
        ...{ database, generation },
        as: (consumer) => {
            const file = pulumi.output(`/credentials/${consumer}`);
            return { consumer, file, database, generation };
        },
    },
    endpoints: {},
    addressOf: (uri) => uri,
    input: (name, paths) => paths.map((path) => `file:///${name}/${path}`),
    run: (name, jobs) => new Runs(name, { jobs, launcher: {} as never }),
};

test.beforeEach(() => {
    recorded.length = 0;
});

test.serial(
    "each job follows the jobs whose data it reads, and gets only what it needs of the platform",
    async (t) => {
        const training = { testPercent: 25, models: ["linear", "tree"], trainRows: 50_000, trainSeconds: 60 };
        const times = { zone: "Europe/London" as const, label: "auto" as const };
        const prices = ["data/prices/day_ahead.csv"];
        const asked = {
            readings: ["data/power_1.csv"],
            prices,
            documents: "daily" as const,
            ...times,
            ...training,
        };
        platform.run("p", pipeline(platform, asked));
        await settled();
        const inputs = Object.fromEntries(recorded.map((resource) => [resource.name, resource.inputs]));

        t.deepEqual(Object.keys(inputs).sort(), ["analyze", "ingest", "load", "p", "report", "train"]);
        t.regex(
            inputs.ingest.args.join(" "),
            /^--lake lake:\/\/l --zone Europe\/London --label auto --csv file:\/\/\/data\/data\/power_1\.csv$/,
        );
        t.is(
            inputs.load.args.join(" "),
            "--lake lake://l --documents daily --mongo-credentials /credentials/ingest --mongo-database power",
        );
        t.is(
            inputs.analyze.args.join(" "),
            "--lake lake://l --prices file:///prices/data/prices/day_ahead.csv --mongo-credentials /credentials/analysis --mongo-database power",
        );
        t.is(
            inputs.train.args.slice(2, 12).join(" "),
            "--prices file:///prices/data/prices/day_ahead.csv --test-fraction 0.25 --models linear,tree --max-rows 50000 --seconds 60",
        );
        t.is(inputs.load.script, "jobs/pyspark/load.py");
        t.deepEqual(inputs.report.args, ["--lake", "lake://l"]);
        const { load, analyze, train } = inputs.report.triggers;
        t.deepEqual([load, analyze, train], ["load-run", "analyze-run", "train-run"]);

        t.deepEqual(Object.keys(inputs.ingest.triggers).sort(), [
            "Python packages",
            "data/power_1.csv",
            "its own code",
            "script",
            "shared code",
            "the lake's folder",
        ]);
        t.truthy(inputs.analyze.triggers["the prices"]);
        t.is(inputs.train.triggers["the prices"], inputs.analyze.triggers["the prices"]);
        for (const job of ["load", "analyze", "train"]) {
            t.like(inputs[job].triggers, { ingest: "ingest-run", "the document store": "documents-1" });
        }
        const uses = Object.fromEntries(recorded.map(({ name, inputs }) => [name, inputs.uses]));
        t.like(uses, {
            ingest: [],
            load: ["ingest"],
            analyze: ["analysis"],
            train: ["analysis"],
            report: [],
        });
    },
);

test.serial("each file of readings is a separate input, with the months of its rows", async (t) => {
    const dir = await mkdtemp(join(tmpdir(), "readings-"));
    t.teardown(() => rm(dir, { recursive: true }));
    const months = async (name: string, times: string[]) => {
        const path = join(dir, name);
        await writeFile(
            path,
            times.map((time) => `MAC000002,Std,${time}:00:00.0000000, 0.1 ,A,B\n`).join(""),
        );
        return Object.values(digestsOf([path]))[0]
            ?.split(" ")
            .slice(1)
            .join(" ");
    };
    t.is(
        await months("a.csv", ["2014-01-01 00", "2013-11-30 23", "2013-12-01 00", "2013-03-31 10"]),
        "2013-03, 2013-11 to 2014-01",
    );
    t.is(await months("b.csv", []), "");
    t.is(await months("c.csv.gz", ["2014-01-01 00"]), "");
    const large = join(dir, "large.csv");
    await writeFile(large, "");
    await truncate(large, 65 * 1024 * 1024);
    t.regex(Object.values(digestsOf([large]))[0] ?? "", /^[0-9a-f]{16}$/);
    t.is(Object.keys(digestsOf(["data/power_1.csv"]))[0], "data/power_1.csv");
});

test.serial("the schedule runs the same graph", async (t) => {
    const [count, sum] = [jobWith("count", { conf: { a: "own" } }), jobWith("sum")];
    const report = jobWith("report", { after: [count, sum], uses: [platform.documents.as("analysis")] });
    const conf = { a: "target's", b: "target's" };
    const runs = new Runs("p", { jobs: [count, sum, report], conf, launcher: {} as never });
    const scheduled = await Promise.all(runs.scheduled.map(resolved));
    await settled();
    const given = recorded.filter(({ name }) => name !== "p").map(({ inputs }) => inputs);
    t.deepEqual(
        scheduled,
        given.map(({ job, script, args, conf, uses }, i) => ({
            ...{ job, script, args, conf, uses, after: i === 2 ? ["count", "sum"] : [] },
        })),
    );
    t.deepEqual(scheduled[0]?.conf, { a: "own", b: "target's" });
});

test.serial("a job that comes before one that it follows, or has the name of another, is refused", (t) => {
    const count = jobWith("count");
    const run = (...jobs: Job[]) => new Runs("p", { jobs, launcher: {} as never });
    t.throws(() => run(jobWith("report", { after: [count] }), count), {
        instanceOf: pulumi.RunError,
        message: /job report follows count, which is not before it: put count before report/,
    });
    t.throws(() => run(count, jobWith("count")), { message: /two jobs have the name count/ });
});

test("a job over few readings gets a JVM that starts fast, and a job over many gets the full compiler", async (t) => {
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
    t.deepEqual(await quick(1001), ["ingest", "train", "report"]);
});

test.serial(
    "prices are a file beside the readings, another file or none, and do not count as readings",
    (t) => {
        const readings = findReadings("data");
        t.deepEqual(readings, ["data/power_1.csv"]);
        t.deepEqual(findPrices("auto", readings), ["data/prices/day_ahead.csv"]);
        t.deepEqual(findPrices("auto", ["elsewhere/power_1.csv"]), []);
        t.deepEqual(findPrices("none", readings), []);
        t.deepEqual(findPrices("package.json", readings), ["package.json"]);
        t.throws(() => findPrices("data/nowhere.csv", readings), {
            instanceOf: pulumi.RunError,
            message:
                /london-power:prices is "data\/nowhere.csv"[\s\S]*pulumi config set london-power:prices none/,
        });
    },
);

test.serial("missing data are refused with the command that sets them", (t) => {
    t.throws(() => findReadings("data/nowhere-*.csv"), {
        instanceOf: pulumi.RunError,
        message:
            /london-power:data is "data\/nowhere-\*\.csv"[\s\S]*pulumi config set london-power:data data\/power_1\.csv/,
    });
});
