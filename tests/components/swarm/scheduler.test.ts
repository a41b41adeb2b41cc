import test from "ava";
import { jobWith } from "../job.ts";
import { record, settled } from "../recorder.ts";
import { engineWith } from "./engines.ts";
import { SETTINGS } from "./settings.ts";

const recorded = record(({ type, name, inputs }) => ({
    ...(type.endsWith("RemoteImage") && { imageId: "i" }),
    ...(type.endsWith("Volume") && { name: inputs.name ?? "made" }),
    ...(type.endsWith("RandomPassword") && { result: `password of ${name}` }),
    ...(type.endsWith("SparkRun") && { runId: `${name}-1`, startedAt: `${name} at nine` }),
}));
const { SwarmPlatform } = await import("../../../components/swarm/index.ts");

test.beforeEach(() => {
    recorded.length = 0;
});

test.serial("without a schedule there is no scheduler", async (t) => {
    await deploy("");
    t.false(recorded.some(({ name }) => name.includes("scheduler")));
});

test.serial(
    "the scheduler's plan has the drivers' command lines in order, and the times of the last runs",
    async (t) => {
        await deploy("0 3 * * 1-5");
        const { data } = inputsOf("a-scheduler-plan");
        const { steps, ...plan } = JSON.parse(Buffer.from(data, "base64").toString());
        t.deepEqual(plan, {
            cron: "0 3 * * 1-5",
            timeZone: "Europe/London",
            since: ["ingest at nine", "load at nine"],
        });
        t.deepEqual(
            steps.map(({ name, after }: Record<string, unknown>) => [name, after]),
            [
                ["ingest", []],
                ["load", ["ingest"]],
            ],
        );
        const [, { command }] = steps;
        t.deepEqual(command.slice(0, 3), ["role", "driver", inputsOf("load").launcher.scripts]);
        t.deepEqual(command.slice(3, 7), ["--driver-memory", "1024m", "--name", "load-scheduled"]);
        t.deepEqual(command.slice(-5), [
            `${inputsOf("load").launcher.scripts}/ingest.py`,
            "--mongo-credentials",
            "/run/secrets/mongo-ingest",
            "--mongo-database",
            "power",
        ]);
        t.true(command.includes("spark.executor.memory=1024m"), "the platform's settings");
        t.true(command.includes("spark.own=1"), "the job's own");
        t.false(JSON.stringify(plan).includes("password of"));
    },
);

test.serial(
    "the scheduler is one container with a driver's memory, and reads the project's files",
    async (t) => {
        await deploy("0 3 * * *");
        const { name, taskSpec, mode, updateConfig } = inputsOf("a-scheduler-scheduler");
        t.is(name, "london-power-test-scheduler");
        t.is(mode.replicated.replicas, 1);
        t.is(updateConfig.order, "stop-first", "two would run everything twice");
        t.is(taskSpec.resources.limits.memoryBytes, (1024 + 1024 + 128) * 1024 * 1024);
        const { args, mounts, configs, readOnly, capDrops } = taskSpec.containerSpec;
        t.deepEqual(args, ["scheduler", configs[0].fileName]);
        t.true(readOnly);
        t.deepEqual(capDrops, ["ALL"]);
        t.like(
            mounts.find(({ target }: { target: string }) => target === "/london-power"),
            { source: "london-power-test", readOnly: true },
        );
    },
);

async function deploy(schedule: string): Promise<void> {
    const platform = new SwarmPlatform("a", { ...SETTINGS, schedule }, engineWith());
    const ingest = jobWith("ingest");
    const load = jobWith("load", {
        script: ingest.script,
        after: [ingest],
        uses: [platform.documents.as("ingest")],
        conf: { "spark.own": "1" },
    });
    platform.run("pipeline", [ingest, load]);
    await settled();
}

// biome-ignore lint/suspicious/noExplicitAny: the inputs are what the tests look into.
function inputsOf(name: string): any {
    return recorded.find((resource) => resource.name === name)?.inputs;
}
