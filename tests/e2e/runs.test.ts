// What becomes of a job's run when things go wrong, told with small jobs: see lightJobs.ts.
import test from "ava";
import { breakJob, driverPids, holdJob, startedRuns, useLightJobs } from "./lightJobs.ts";
import { counts, isRunning, newProject, type Project, type Running, until } from "./project.ts";

let project: Project;
test.before(async () => {
    project = await newProject();
    useLightJobs(project);
});
test.after.always(() => project?.dispose());

test.serial(
    "a failing job fails the deployment with its cause and its log; what depends on it is not touched",
    async (t) => {
        const mend = breakJob(project, "ingest", "the meter is on fire");
        const output = await project.upFails();
        t.regex(output, /error: ingest failed: ValueError: the meter is on fire/);
        t.regex(output, /last lines of the driver:\n(.*\n)*.*raise ValueError/);
        t.regex(output, /log: .*\/runs\/ingest-[0-9a-f]{12}\.log/);
        t.is(startedRuns(project).length, 1, "only ingest has been started");
        mend();
    },
);

test.serial("a failed run is run again by the next up, and the rest with it", async (t) => {
    await project.up();
    t.is(startedRuns(project).length, 1 + 4);
    t.is(startedRuns(project)[0], startedRuns(project)[1], "the same work has the same id");
});

test.serial(
    "a run that fails later leaves its last success in place; mending it runs that job alone",
    async (t) => {
        const { runs } = await project.outputs();
        await project.pulumi("config", "set", "london-power:testPercent", "40");
        const mend = breakJob(project, "train", "no more trees");
        t.regex(await project.upFails(), /error: train failed: ValueError: no more trees/);
        t.regex(await project.state(), new RegExp(runs.train.id));
        mend();
        const started = startedRuns(project).length;
        t.deepEqual(counts(await project.up()), { updated: 1, unchanged: 10 });
        t.is(startedRuns(project).length, started + 1);
    },
);

test.serial(
    "going back after a failure runs the job again: the failed run may have left something",
    async (t) => {
        await project.pulumi("config", "set", "london-power:testPercent", "39");
        const mend = breakJob(project, "train", "too late");
        await project.upFails();
        mend();
        await project.pulumi("config", "set", "london-power:testPercent", "40");
        const { output } = await project.pulumi("preview");
        t.regex(output, /runs again: its last run failed/);
        t.deepEqual(counts(await project.up()), { updated: 1, unchanged: 10 });
        t.deepEqual(counts(await project.up()), { unchanged: 11 });
    },
);

test.serial(
    "going back to an earlier setting runs the job again: its results have been replaced since",
    async (t) => {
        const started = startedRuns(project).length;
        await project.pulumi("config", "rm", "london-power:testPercent");
        t.deepEqual(counts(await project.up()), { updated: 1, unchanged: 10 });
        t.is(startedRuns(project).length, started + 1);
    },
);

test.serial("a run lost from the state is found again and not run twice", async (t) => {
    const started = startedRuns(project).length;
    await project.pulumi("state", "delete", urnOf("train"), "--yes");
    const output = await project.up();
    t.deepEqual(counts(output), { created: 1, unchanged: 10 });
    t.regex(output, /had succeeded already: adopted, not run again/);
    t.is(startedRuns(project).length, started);
});

test.serial("--replace runs a job on demand", async (t) => {
    const started = startedRuns(project).length;
    await project.up("--replace", urnOf("train"));
    t.is(startedRuns(project).length, started + 1);
});

test.serial("Ctrl-C stops Spark, and the next up runs the job again", async (t) => {
    const { engine, driver, release } = await upUntilHeld();
    process.kill(engine.pid, "SIGINT");
    const { code, output } = await engine.ended;
    t.not(code, 0);
    t.regex(output, /train was stopped: cancelled; the next `pulumi up` runs it again/);
    t.false(await isRunning(driver));
    release();
    t.deepEqual(counts(await project.up()), { updated: 1, unchanged: 10 });
});

test.serial(
    "kill -9 of the engine ends its job; make up releases the lock and runs the job again",
    async (t) => {
        const { engine, driver, release } = await upUntilHeld();
        process.kill(engine.pid, "SIGKILL");
        await until("the driver's end", async () => !(await isRunning(driver)));
        release();
        const started = startedRuns(project).length;
        const { code, output } = await project.script("tools/stack.sh", "up", "local");
        t.is(code, 0, output);
        t.regex(output, /The last run of this stack was killed .*: releasing its lock/);
        t.deepEqual(counts(output), { updated: 1, unchanged: 10 });
        t.is(startedRuns(project).length, started + 1);
    },
);

test.serial(
    "a job whose engine and provider were both killed goes on, and the next up follows it",
    async (t) => {
        const { engine, driver, release } = await upUntilHeld();
        for (const pid of [await project.providerOf(engine), engine.pid]) {
            process.kill(pid, "SIGKILL");
        }
        await engine.ended;
        t.true(await isRunning(driver));
        const started = startedRuns(project).length;
        setTimeout(release, 5000);
        const { code, output } = await project.script("tools/stack.sh", "up", "local");
        t.is(code, 0, output);
        t.regex(output, /is found under way or ended unseen: followed, not started twice/);
        t.is(startedRuns(project).length, started);
    },
);

let percent = 41;

/** Starts an `up` that has to run train, and holds train in its midst. */
async function upUntilHeld(): Promise<{ engine: Running; driver: number; release: () => void }> {
    await project.pulumi("config", "set", "london-power:testPercent", `${percent++}`);
    const release = holdJob(project, "train");
    const started = startedRuns(project).length;
    const engine = project.start("up", "--yes", "--skip-preview");
    await until("train to be under way", () => startedRuns(project).length > started);
    await until("its progress in the display", () => /count to a hundred/.test(engine.output()));
    return { engine, driver: driverPids(project).at(-1) as number, release };
}

function urnOf(job: string): string {
    return `urn:pulumi:local::london-power::london-power:jobs:Pipeline$london-power:spark:SparkRun::${job}`;
}
