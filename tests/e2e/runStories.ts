// Runs when something goes wrong, the same on every target, with the small `train` of lightJobs.ts.
import type { TestFn } from "ava";
import type { LightJobs } from "./lightJobs.ts";
import { counts, type Project, type Running, until } from "./project.ts";

/** The stack of the stories. It is deployed, `train` has run on it and is a light job. */
export interface Stage {
    project: Project;
    jobs: LightJobs;
    /** Whether a driver of `train` runs on the target. */
    driverRuns(): Promise<boolean>;
}

/**
 * Adds the stories of what the target's own launcher has to do.
 *
 * @param stage called by each story; deploys what is not there yet
 */
export function tellLauncherStories(test: TestFn, stage: () => Promise<Stage>): void {
    test.serial(
        "a run that fails later leaves its last success in place; mending it runs that job and what reads it",
        async (t) => {
            const { project, jobs, driverRuns } = await stage();
            const { runs } = await project.outputs();
            await setTestPercent(project, 40);
            const mend = await jobs.break("train", "no more trees");
            t.regex(await project.upFails(), /error: train failed: ValueError: no more trees/);
            t.false(await driverRuns());
            t.regex(await project.state(), new RegExp(runs.train.id));
            await mend();
            const started = (await jobs.started("train")).length;
            t.true(onlyTrainRan(await project.up()));
            t.is((await jobs.started("train")).length, started + 1);
        },
    );

    test.serial("a run lost from the state is found again and not run twice", async (t) => {
        const { project, jobs } = await stage();
        const started = (await jobs.started("train")).length;
        await project.pulumi("state", "delete", trainOf(project), "--target-dependents", "--yes");
        const output = await project.up();
        t.is(counts(output).created, 2, output);
        t.regex(output, /had succeeded already: adopted, not run again/);
        t.is((await jobs.started("train")).length, started);
    });

    test.serial("Ctrl-C stops Spark, and the next up runs the job again", async (t) => {
        const { project, jobs, driverRuns } = await stage();
        const { engine, release } = await upUntilHeld({ project, jobs, driverRuns });
        process.kill(engine.pid, "SIGINT");
        const { code, output } = await engine.ended;
        t.not(code, 0);
        t.regex(output, /train was stopped: cancelled; the next `pulumi up` runs it again/);
        t.false(await driverRuns());
        await release();
        t.true(onlyTrainRan(await project.up()));
    });

    test.serial(
        "kill -9 of the engine ends its job; make up releases the lock and runs the job again",
        async (t) => {
            const { project, jobs, driverRuns } = await stage();
            const { engine, release } = await upUntilHeld({ project, jobs, driverRuns });
            process.kill(engine.pid, "SIGKILL");
            await until("the driver's end", async () => !(await driverRuns()));
            await release();
            const started = (await jobs.started("train")).length;
            const { code, output } = await project.script("tools/stack.ts", "up", project.stack);
            t.is(code, 0, output);
            t.regex(output, /The last run of this stack was killed .*: releasing its lock/);
            t.true(onlyTrainRan(output), output);
            t.is((await jobs.started("train")).length, started + 1);
        },
    );

    test.serial(
        "a job whose engine and provider were both killed goes on, and the next up follows it",
        async (t) => {
            const { project, jobs, driverRuns } = await stage();
            const { engine, release } = await upUntilHeld({ project, jobs, driverRuns });
            for (const pid of [await project.providerOf(engine), engine.pid]) {
                process.kill(pid, "SIGKILL");
            }
            await engine.ended;
            t.true(await driverRuns());
            const started = (await jobs.started("train")).length;
            setTimeout(release, 5000);
            const { code, output } = await project.script("tools/stack.ts", "up", project.stack);
            t.is(code, 0, output);
            t.regex(output, /is found under way or ended unseen: followed, not started twice/);
            t.is((await jobs.started("train")).length, started);
        },
    );
}

/**
 * Adds the stories of when a job runs again, which the provider decides before it asks any launcher.
 *
 * @param stage called by each story; deploys what is not there yet
 */
export function tellReasonStories(test: TestFn, stage: () => Promise<Stage>): void {
    test.serial(
        "going back after a failure runs the job again: the failed run may have left something",
        async (t) => {
            const { project, jobs } = await stage();
            const last = await deployedPercent(project);
            await setTestPercent(project, last - 1);
            const mend = await jobs.break("train", "too late");
            await project.upFails();
            await mend();
            await setTestPercent(project, last);
            const { output } = await project.pulumi("preview");
            t.regex(output, /runs again: its last run failed/);
            t.true(onlyTrainRan(await project.up(), "as before"));
            t.deepEqual(Object.keys(counts(await project.up())), ["unchanged"]);
        },
    );

    test.serial(
        "going back to an earlier setting runs the job again: its results have been replaced since",
        async (t) => {
            const { project, jobs } = await stage();
            await deployedPercent(project);
            const started = (await jobs.started("train")).length;
            await project.pulumi("config", "rm", "london-power:testPercent");
            t.true(onlyTrainRan(await project.up()));
            t.is((await jobs.started("train")).length, started + 1);
        },
    );

    test.serial("--replace runs a job on demand", async (t) => {
        const { project, jobs } = await stage();
        const started = (await jobs.started("train")).length;
        await project.up("--replace", trainOf(project));
        t.is((await jobs.started("train")).length, started + 1);
    });
}

let percent = 41;

/** Starts an `up` that has to run train, and holds train in its midst. */
export async function upUntilHeld({
    project,
    jobs,
}: Stage): Promise<{ engine: Running; release: () => Promise<void> }> {
    await setTestPercent(project, percent++);
    const release = await jobs.hold("train");
    const started = (await jobs.started("train")).length;
    const engine = project.start("up", "--yes", "--skip-preview");
    await until("train to be under way", async () => (await jobs.started("train")).length > started);
    await until("its progress in the display", () => /count to a hundred/.test(engine.output()));
    return { engine, release };
}

/** The `testPercent` of the last deployment; deploys one if the setting has its default. */
async function deployedPercent(project: Project): Promise<number> {
    const set = /:testPercent: "?(\d+)/.exec(project.read(`Pulumi.${project.stack}.yaml`))?.[1];
    if (set !== undefined) {
        return Number(set);
    }
    await setTestPercent(project, percent);
    await project.up();
    return percent++;
}

function setTestPercent(project: Project, value: number): Promise<unknown> {
    return project.pulumi("config", "set", "london-power:testPercent", `${value}`);
}

/** Whether train ran and, unless its run is the same as before, the report that reads it. */
function onlyTrainRan(output: string, run: "as before" | "new" = "new"): boolean {
    const { updated, unchanged, ...others } = counts(output);
    return updated === (run === "new" ? 2 : 1) && (unchanged ?? 0) > 0 && Object.keys(others).length === 0;
}

function trainOf({ stack }: Project): string {
    return `urn:pulumi:${stack}::london-power::london-power:jobs:Pipeline$london-power:spark:SparkRun::train`;
}
