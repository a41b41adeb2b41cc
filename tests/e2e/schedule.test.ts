// The pipeline on a schedule on this machine, with small jobs: see lightJobs.ts.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { type LightJobs, useLightJobs } from "./lightJobs.ts";
import { counts, isRunning, newProject, type Project, until } from "./project.ts";
import { restoreAfterFailure } from "./standAlone.ts";

let project: Project;
let jobs: LightJobs;
/** The output of the first `up`. */
let first: string;
test.before(async () => {
    project = await newProject();
    jobs = useLightJobs(project);
    await project.pulumi("config", "set", "london-power:schedule", "0 3 1 1 *");
    await project.pulumi("config", "set", "london-power:timeZone", "UTC");
    first = await project.up();
    project.keep();
});
test.after.always(() => project?.dispose());
restoreAfterFailure(test, () => project);

test.serial(
    "up starts the scheduler once the jobs have run, and a second up finds nothing to do",
    async (t) => {
        t.is(counts(first).created, 12 + 1, first);
        t.true(await isRunning(scheduler()));
        t.regex(log(), /next run at \d{4}-01-01 03:00:00\+00:00$/m);
        t.deepEqual(Object.keys(counts(await project.up())), ["unchanged"]);
    },
);

test.serial("another plan starts it again, and so does its death", async (t) => {
    const before = scheduler();
    await project.pulumi("config", "set", "london-power:schedule", "* * * * *");
    t.like(counts(await project.up()), { updated: 1 });
    t.false(await isRunning(before));
    process.kill(scheduler(), "SIGKILL");
    await until("its end", async () => !(await isRunning(scheduler())));
    const { output } = await project.pulumi("preview");
    t.regex(output, /it does not run: it is started again/);
    t.like(counts(await project.up()), { updated: 1 });
    t.true(await isRunning(scheduler()));
});

test.serial("a run by the clock is of all jobs, on the scripts as they were deployed", async (t) => {
    const script = project.read("jobs/pyspark/report.py");
    await everyMinute();
    project.write("jobs/pyspark/report.py", "raise ValueError('not deployed yet')");
    await reportHeld();
    project.write("jobs/pyspark/report.py", script);
    const started = (await jobs.started()).filter((id) => id.includes("-scheduled-"));
    t.deepEqual(
        started.slice(-5).map((id) => id.split("-")[0]),
        ["ingest", "load", "analyze", "train", "report"],
    );
    for (const job of ["ingest", "load", "analyze", "train"]) {
        t.regex(log(), new RegExp(`${job}: succeeded in \\d`));
        t.regex(log(), new RegExp(`^\\S+ ${job} \\| .*"event": ?"result"`, "m"));
    }
});

test.serial(
    "jobs of a deployment end the run that is under way, and the clock goes on after them",
    async (t) => {
        await everyMinute();
        await reportHeld();
        const before = scheduler();
        await project.pulumi("config", "set", "london-power:testPercent", "40");
        await jobs.hold("train");
        const engine = project.start("up", "--yes", "--skip-preview");
        await until(
            "the deployment's training",
            async () => (await jobs.started()).at(-1)?.startsWith("train") ?? false,
        );
        t.false(await isRunning(before));
        t.regex(log(), /report: stopped in/);
        t.is((await drivers()).length, 1, "that of the deployment");
        await (await jobs.hold("train"))();
        await (await jobs.hold("report"))();
        const { code, output } = await engine.ended;
        t.is(code, 0, output);
        t.true(await isRunning(scheduler()));
    },
);

test.serial("destroy leaves no process", async (t) => {
    const pid = scheduler();
    const { code, output } = await project.pulumi("destroy", "--yes", "--skip-preview");
    t.is(code, 0, output);
    t.false(await isRunning(pid));
    t.deepEqual(await drivers(), []);
    t.false(existsSync(project.workspace));
});

/** Has the pipeline run each minute. */
async function everyMinute(): Promise<void> {
    if (!project.read("Pulumi.local.yaml").includes("* * * * *")) {
        await project.pulumi("config", "set", "london-power:schedule", "* * * * *");
        await project.up();
    }
}

/** Waits for a report by the clock that is held in its midst. */
async function reportHeld(): Promise<void> {
    const isHeld = async () =>
        (await drivers()).some((driver) => driver.includes("report.py")) &&
        ((await jobs.started()).at(-1)?.startsWith("report-scheduled") ?? false);
    await jobs.hold("report");
    await until("a report by the clock", isHeld, 600);
}

function scheduler(): number {
    return JSON.parse(readFileSync(join(project.workspace, "schedule/scheduler.json"), "utf8")).pid;
}

function log(): string {
    return readFileSync(join(project.workspace, "schedule/schedule.log"), "utf8");
}

/** Java's processes that run drivers of this project. */
async function drivers(): Promise<string[]> {
    const all = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).split("\n");
    return all.filter((line) => line.includes("SparkSubmit") && line.includes(project.dir));
}
