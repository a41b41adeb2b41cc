// The scheduler of this machine as a resource, on a real process. That it runs what is due, tests/e2e/schedule.test.ts shows.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import test, { type ExecutionContext } from "ava";
import { isAlive } from "../../provider/host/process.ts";
import { type SchedulerInputs, scheduler } from "../../provider/kinds/scheduler.ts";
import { endScheduler } from "../../provider/launchers/localScheduler.ts";
import { contextWith } from "./context.ts";
import { workspace } from "./workspace.ts";

const CONTEXT = contextWith();

test("the scheduler runs until its deletion, and starts again after a crash or a change of its plan", async (t) => {
    const inputs = await inputsIn(t);
    const { id, outputs } = await scheduler.create(inputs, CONTEXT);
    const process_ = recordIn(id);
    t.true(await isAlive(process_));
    t.deepEqual(await scheduler.read(id, outputs, inputs), outputs);
    const change = { id, oldInputs: inputs, oldOutputs: outputs, inputs };
    t.is(await scheduler.diff(change, CONTEXT), undefined);
    t.regex(readFileSync(outputs.log, "utf8"), /next run at \d{4}-01-01 03:00:00/);

    await endScheduler(id);
    t.false(await isAlive(process_));
    t.like(await scheduler.diff(change, CONTEXT), { properties: ["pid"] });
    await scheduler.update(change, CONTEXT);
    const again = recordIn(id);
    t.true(await isAlive(again));

    const other = { ...inputs, cron: "0 4 1 1 *" };
    t.like(await scheduler.diff({ ...change, inputs: other }, CONTEXT), { properties: ["cron"] });
    await scheduler.update({ ...change, inputs: other }, CONTEXT);
    t.false(await isAlive(again));
    t.regex(readFileSync(outputs.log, "utf8"), /next run at \d{4}-01-01 04:00:00/);

    const last = recordIn(id);
    await scheduler.delete(id, outputs, other, CONTEXT);
    t.false(await isAlive(last));
    t.false(existsSync(id));
});

test("a step is the driver that the launcher would start, on a copy of the scripts", async (t) => {
    const inputs = await inputsIn(t);
    const { id, outputs } = await scheduler.create(inputs, CONTEXT);
    const { steps } = JSON.parse(readFileSync(join(id, "plan.json"), "utf8"));
    const [{ command, ...step }] = steps;
    t.deepEqual(step, { name: "count", after: ["ingest"] });
    t.regex(command[0], /\.venv\/bin\/spark-submit$/);
    t.deepEqual(command.slice(1, 7), [
        "--master",
        "local[2]",
        "--driver-memory",
        "1g",
        "--name",
        "count-scheduled",
    ]);
    t.true(command.includes("spark.own=1"));
    const script = join(id, "scripts/ingest.py");
    t.deepEqual(command.slice(-3), [script, "--lake", "file:///l"]);
    t.is(readFileSync(script, "utf8"), readFileSync("jobs/pyspark/ingest.py", "utf8"));
    await scheduler.delete(id, outputs, inputs, CONTEXT);
});

test("a scheduler whose folder was removed ends before another one starts", async (t) => {
    const inputs = await inputsIn(t);
    const { id, outputs } = await scheduler.create(inputs, CONTEXT);
    const lost = recordIn(id);
    rmSync(id, { recursive: true });
    t.is(await scheduler.read(id, outputs, inputs), undefined);
    await scheduler.create(inputs, CONTEXT);
    t.false(await isAlive(lost));
    await scheduler.delete(id, outputs, inputs, CONTEXT);
});

test("a driver that has outlived its scheduler is ended as well", async (t) => {
    const { scheduleDir } = (await inputsIn(t)).launcher;
    const script = join(scheduleDir, "scripts/ingest.py");
    const editor = spawn("sh", ["-c", "sleep 60; :", script], { stdio: "ignore" });
    t.teardown(() => editor.kill());
    const words = ["-c", "sleep 60; :", script, "--run", "ingest-scheduled"];
    const orphan = spawn("sh", words, { stdio: "ignore" });
    const ended = new Promise((resolve) => orphan.once("exit", (_, signal) => resolve(signal)));
    await endScheduler(`${scheduleDir} of another`);
    t.is(orphan.exitCode ?? orphan.signalCode, null);
    await endScheduler(scheduleDir);
    t.is(await ended, "SIGKILL");
    t.is(editor.exitCode ?? editor.signalCode, null);
});

// In series, as it plays another user, which all tests of this file would see.
test.serial("a similar process of another user is left alone and does not matter", async (t) => {
    const { scheduleDir } = (await inputsIn(t)).launcher;
    const words = ["-c", "sleep 60; :", join(scheduleDir, "scripts/ingest.py"), "--run", "ingest-scheduled"];
    const uid = process.geteuid?.() ?? 0;
    // Only root can start a process as somebody else; another user takes the other part.
    const theirs = spawn("sh", words, { stdio: "ignore", cwd: "/", uid: uid === 0 ? 65534 : uid });
    t.teardown(() => theirs.kill("SIGKILL"));
    const geteuid = process.geteuid;
    process.geteuid = uid === 0 ? geteuid : () => uid + 1;
    try {
        await endScheduler(scheduleDir);
    } finally {
        process.geteuid = geteuid;
    }
    await sleep(500); // for the end of a process to show, if it came
    t.is(theirs.exitCode ?? theirs.signalCode, null);
});

test("the error says why the scheduler does not start", async (t) => {
    const inputs = { ...(await inputsIn(t)), timeZone: "Mars/Olympus" };
    await t.throwsAsync(scheduler.create(inputs, CONTEXT), {
        message: /the scheduler did not start\nlog: .*start\.log\n(.*\n)*.*Mars\/Olympus/,
    });
});

async function inputsIn(t: ExecutionContext): Promise<SchedulerInputs> {
    const path = await workspace(t);
    const job = {
        script: "jobs/pyspark/ingest.py",
        args: ["--lake", "file:///l"],
        conf: { "spark.own": "1" },
        uses: [],
    };
    return {
        cron: "0 3 1 1 *",
        timeZone: "UTC",
        code: "c1",
        jobs: [{ job: "count", ...job, after: ["ingest"] }],
        launcher: {
            kind: "local",
            cores: 2,
            memory: "1g",
            runsDir: join(path, "runs"),
            scratchDir: join(path, "scratch"),
            scheduleDir: join(path, "schedule"),
        },
    };
}

function recordIn(id: string) {
    return JSON.parse(readFileSync(join(id, "scheduler.json"), "utf8"));
}
