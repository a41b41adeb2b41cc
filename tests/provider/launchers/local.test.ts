// The launcher of this machine: its decisions, and one driver with real Spark. tests/e2e/runs.test.ts follows runs to their end.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { identify } from "../../../provider/host/process.ts";
import { driverArguments, driverEnvironment, LocalLauncher } from "../../../provider/launchers/local.ts";
import { FolderRecords } from "../../../provider/launchers/records.ts";
import type { LocalLauncherConfig } from "../../../provider/sdk/launcherConfig.ts";
import { folder } from "../../folder.ts";
import { contextWith } from "../context.ts";
import { workspace } from "../workspace.ts";

/** Asks the driver's own ports as a stranger does, in Spark's protocol: length of the frame, RPC request, its number, a body. */
const STRANGER = `
import socket, struct
from pyspark.sql import SparkSession

context = SparkSession.builder.getOrCreate().sparkContext
ports = {
    "driver": int(context.getConf().get("spark.driver.port")),
    "block manager": context._jsc.sc().env().blockManager().blockManagerId().port(),
}
body = b"not of this driver"
for name, port in ports.items():
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(struct.pack(">QbQI", 21 + len(body), 3, 1, len(body)) + body)
        print(name, "said", connection.recv(4096), flush=True)
`;

test("the ports of a driver answer nobody who does not know its secret", async (t) => {
    const dir = await workspace(t);
    const script = join(dir, "stranger.py");
    writeFileSync(script, STRANGER);
    const launcher = launcherIn(dir);
    const run = await launcher.submit({
        runId: "stranger-1",
        job: "stranger",
        script,
        args: [],
        conf: {},
        uses: [],
        results: {},
    });
    const lines: string[] = [];
    const { code } = await launcher.follow(run, (line) => lines.push(line), contextWith().signal);
    t.is(code, 0, lines.join("\n"));
    for (const name of ["driver", "block manager"]) {
        const answer = lines.find((line) => line.startsWith(`${name} said`));
        t.regex(answer ?? "", /Expected SaslMessage/, name);
    }
});

test("a driver that another process started has no exit code, and its log is passed on to the end", async (t) => {
    const { launcher, runsDir } = await local(t);
    const log = join(runsDir, "count-1.log");
    const { process: sleeper, ended } = await sleepingGroup(t);
    const run = { ...RUN, log, process: sleeper };
    await new FolderRecords(runsDir).newLog("count-1");
    writeFileSync(log, "one\n");
    const lines: string[] = [];
    const following = launcher.follow(run, (line) => lines.push(line), contextWith().signal);
    appendFileSync(log, "two\n");
    await launcher.cancel(run);
    t.is(await ended, "SIGTERM");
    t.deepEqual(await following, { text: "ended while nobody watched" });
    t.deepEqual(lines, ["one", "two"]);
});

test("a settled run is found with its outcome, and a forgotten job leaves no file", async (t) => {
    const { launcher, runsDir } = await local(t);
    const log = await new FolderRecords(runsDir).newLog("count-1");
    const outcome = { state: "failed" as const, metrics: {}, seconds: 2 };
    t.is(await launcher.find("count"), undefined);
    await launcher.settle({ ...RUN, log }, outcome);
    t.like(await launcher.find("count"), { runId: "count-1", log, outcome });
    await launcher.forget("count");
    t.deepEqual(readdirSync(runsDir), []);
});

test("outside of a stack's workspace nothing is started, and nothing is deleted", async (t) => {
    const dir = folder(t);
    const launcher = launcherIn(dir);
    await new FolderRecords(join(dir, "runs")).write({ ...RUN, log: "" });
    await t.throwsAsync(
        launcher.submit({ ...RUN, script: "a.py", args: [], conf: {}, uses: [], results: {} }),
        {
            message: /runs does not lie in the workspace of a stack/,
        },
    );
    await launcher.forget("count");
    t.deepEqual(readdirSync(join(dir, "runs")), ["count.json"]);
});

test("a driver uses the cores that are asked for, all if none are, and a job's own settings count most", (t) => {
    const config = configIn("/w");
    const argumentsWith = (conf: Record<string, string>, cores: number) =>
        driverArguments(
            { job: "count", script: "count.py", args: ["--lake", "l"], conf, uses: [] },
            "count-1",
            { ...config, cores },
            "",
        );
    t.is(argumentsWith({}, 0)[1], "local[*]");
    const words = argumentsWith({ "spark.ui.enabled": "true" }, 3);
    t.is(words[1], "local[3]");
    t.deepEqual(words.slice(-3), ["count.py", "--lake", "l"]);
    t.deepEqual(
        words.filter((word) => /^spark\.(ui|authenticate|driver\.host|driver\.default)/.test(word)),
        ["spark.driver.host=127.0.0.1", "spark.ui.enabled=true", "spark.authenticate=true"],
    );
});

// In series, as it changes this process's environment.
test.serial(
    "a driver's environment has neither the stack's passphrase nor anything else of the engine's",
    async (t) => {
        process.env.PULUMI_CONFIG_PASSPHRASE = "hush";
        t.teardown(() => delete process.env.PULUMI_CONFIG_PASSPHRASE);
        const environment = await driverEnvironment("/scripts");
        t.is(environment.PYTHONPATH, "/scripts");
        t.deepEqual(
            Object.keys(environment).filter(
                (name) =>
                    !/^(PATH|HOME|LANG|TMPDIR|JAVA_HOME|SPARK_HOME|PYSPARK_PYTHON|PYTHONPATH|SPARK_LOCAL_IP)$/.test(
                        name,
                    ),
            ),
            [],
        );
    },
);

const RUN = {
    runId: "count-1",
    job: "count",
    startedAt: "2026-01-01T00:00:00Z",
    process: { pid: 0, began: "" },
};

async function local(t: ExecutionContext) {
    const dir = await workspace(t);
    return { launcher: launcherIn(dir), runsDir: join(dir, "runs") };
}

function launcherIn(dir: string): LocalLauncher {
    return new LocalLauncher(configIn(dir));
}

function configIn(dir: string): LocalLauncherConfig {
    return {
        kind: "local",
        runsDir: join(dir, "runs"),
        scratchDir: join(dir, "scratch"),
        scheduleDir: join(dir, "schedule"),
        cores: 1,
        memory: "512m",
    };
}

/** A process in a group of its own, as a driver is. */
async function sleepingGroup(t: ExecutionContext) {
    const child = spawn("sleep", ["60"], { detached: true, stdio: "ignore" });
    t.teardown(() => child.kill("SIGKILL"));
    const ended = once(child, "exit").then(([, signal]) => signal);
    await once(child, "spawn");
    return { process: await identify(child.pid as number), ended };
}
