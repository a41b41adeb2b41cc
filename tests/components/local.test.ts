import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { settingsWith } from "../config/settings.ts";
import { jobWith } from "./job.ts";
import { record, resolved, settled } from "./recorder.ts";

const recorded = record(({ type }) => {
    switch (type) {
        case "london-power:local:Directory":
            return { uri: "file:///w", generation: "lake-1" };
        case "london-power:local:MongoServer":
            return { uri: "mongodb://127.0.0.1:1/", generation: "documents-1" };
        default:
            return {};
    }
});
const { LocalDocuments } = await import("../../components/local/documents.ts");
const { LocalPlatform } = await import("../../components/local/index.ts");

const SETTINGS = settingsWith("local", { workspace: "/w", cores: "3", driverMemory: "1g" });

test.beforeEach(() => {
    recorded.length = 0;
});

test.serial(
    "the embedded server is started, and its address is in the file of the jobs' credentials",
    async (t) => {
        const platform = new LocalPlatform("a", SETTINGS);
        t.is(await resolved(platform.lake), "file:///w/lake");
        t.is(await resolved(platform.documents.generation), "documents-1");
        t.is(await resolved(platform.documents.as("ingest").file), "/w/secrets/mongo-uri");
        const { LONDON_POWER_LAKE, PYSPARK_SUBMIT_ARGS } = platform.notebook;
        t.is(await resolved(LONDON_POWER_LAKE as pulumi.Output<string>), "file:///w/lake");
        t.regex(
            await resolved(PYSPARK_SUBMIT_ARGS as pulumi.Output<string>),
            /--conf spark\.authenticate=true /,
            "a notebook's Spark answers nobody else",
        );
        await settled();
        t.deepEqual(inventory(), [
            "london-power:local:Directory a-workspace",
            "london-power:local:Documents a-documents",
            "london-power:local:MongoServer a-documents-server",
            "london-power:local:Platform a",
            "london-power:local:SecretFile a-documents-credentials",
        ]);
        t.is(inputsOf("a-documents-server").dataDir, "/w/documents");
        t.is(plain(inputsOf("a-documents-credentials").content), "mongodb://127.0.0.1:1/");
    },
);

test.serial(
    "the user's own MongoDB replaces the embedded server, and its connection string stays secret",
    async (t) => {
        const mongoUri = pulumi.secret("mongodb://me:pw@db.example:27017/?tls=true");
        const platform = new LocalPlatform("b", { ...SETTINGS, mongoUri });
        const generation = await resolved(platform.documents.generation);
        t.regex(generation, /^[0-9a-f]{16}$/);
        t.false(
            await pulumi.isSecret(platform.documents.generation),
            "a digest of the hosts alone is no secret",
        );
        const sameHost = new LocalDocuments("same", {
            workspace: "/w",
            port: 0,
            database: "power",
            uri: pulumi.secret("mongodb://you:other@db.example:27017/?appName=a@b"),
        });
        t.is(await resolved(sameHost.generation), generation);
        t.deepEqual(platform.endpoints, {});
        await settled();
        t.false(inventory().some((resource) => resource.includes("MongoServer")));
        const { content } = inputsOf("b-documents-credentials");
        t.is(plain(content), "mongodb://me:pw@db.example:27017/?tls=true");
        t.not(content, plain(content), "the engine is told that it is a secret");
    },
);

test.serial("a job is submitted to the local launcher with the platform's settings", async (t) => {
    const platform = new LocalPlatform("c", SETTINGS);
    platform.run("pipeline", [jobWith("count", { args: ["--lake", platform.lake], reads: { data: "d1" } })]);
    await settled();
    t.like(inputsOf("count"), {
        job: "count",
        script: "jobs/pyspark/count.py",
        args: ["--lake", "file:///w/lake"],
        triggers: { data: "d1" },
        launcher: { kind: "local", runsDir: "/w/runs", scratchDir: "/w/scratch", cores: 3, memory: "1g" },
    });
});

test.serial("the ports of a notebook's Spark require a secret, and its page cannot end work", async (t) => {
    const { notebook } = new LocalPlatform("f", SETTINGS);
    const words = await resolved(notebook.PYSPARK_SUBMIT_ARGS as pulumi.Output<string>);
    t.regex(words, / --conf spark\.authenticate=true /);
    t.regex(words, / --conf spark\.ui\.killEnabled=false /);
});

test.serial("without a schedule there is no scheduler", async (t) => {
    new LocalPlatform("d", SETTINGS).run("pipeline", [jobWith("count")]);
    await settled();
    t.false(inventory().some((resource) => resource.includes("Scheduler")));
});

test.serial("the scheduler gets all jobs, each after the jobs that it follows", async (t) => {
    const platform = new LocalPlatform("e", { ...SETTINGS, schedule: "0 3 * * 1-5", timeZone: "UTC" });
    const args = ["--lake", platform.lake];
    const count = jobWith("count", { args });
    platform.run("pipeline", [count, jobWith("report", { args, after: [count] })]);
    await settled();
    const { code, ...inputs } = inputsOf("e-scheduler");
    t.regex(code, /^[0-9a-f]{16}$/);
    const job = (name: string, after: string[]) => ({
        job: name,
        script: `jobs/pyspark/${name}.py`,
        args: ["--lake", "file:///w/lake"],
        after,
        uses: [],
        conf: { "spark.sql.shuffle.partitions": "8" },
    });
    t.deepEqual(inputs.jobs, [job("count", []), job("report", ["count"])]);
    t.like(inputs, { cron: "0 3 * * 1-5", timeZone: "UTC" });
    t.deepEqual(inputs.launcher, inputsOf("count").launcher);
    t.is(inputs.launcher.scheduleDir, "/w/schedule");
});

function inventory(): string[] {
    return recorded.map(({ type, name }) => `${type} ${name}`).sort();
}

function inputsOf(name: string) {
    return recorded.find((resource) => resource.name === name)?.inputs;
}

/** Returns the value of a secret input. */
function plain(input: { value?: unknown }): unknown {
    return input?.value ?? input;
}
