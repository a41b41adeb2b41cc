// Runs on this machine, with small jobs: see lightJobs.ts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { type LightJobs, useLightJobs } from "./lightJobs.ts";
import { isRunning, newProject, type Project } from "./project.ts";
import { type Stage, tellLauncherStories, tellReasonStories } from "./runStories.ts";
import { restoreAfterFailure } from "./standAlone.ts";

let project: Project;
let jobs: LightJobs;
test.before(async () => {
    project = await newProject();
    jobs = useLightJobs(project);
    project.keep();
});
test.after.always(() => project?.dispose());
restoreAfterFailure(test, () => project);

test.serial(
    "a failing job fails the deployment with its cause and its log, and the next up runs it and what depends on it",
    async (t) => {
        const mend = await jobs.break("ingest", "the meter is on fire");
        const output = await project.upFails();
        t.regex(output, /error: ingest failed: ValueError: the meter is on fire/);
        t.regex(output, /last lines of the driver:\n(.*\n)*.*raise ValueError/);
        t.regex(output, /log: .*\/runs\/ingest-[0-9a-f]{12}\.log/);
        t.is((await jobs.started()).length, 1, "only ingest has been started");
        await mend();
        await project.up();
        const started = await jobs.started();
        t.is(started.length, 1 + 5);
        t.is(started[0], started[1], "the same work has the same id");
    },
);

const driverRuns = async () => {
    const record = readFileSync(join(project.workspace, "runs/train.json"), "utf8");
    return isRunning(JSON.parse(record).process.pid);
};
tellLauncherStories(test, stage);
tellReasonStories(test, stage);

async function stage(): Promise<Stage> {
    if ((await jobs.started("report")).length === 0) {
        await project.up();
    }
    return { project, jobs, driverRuns };
}
