import { cp, mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { findDaemon, startDaemon } from "../host/daemon.ts";
import { readJson, writeAtomically } from "../host/files.ts";
import type { ProcessId } from "../host/process.ts";
import { projectDir, sparkArchiveOptions, venvCommand } from "../host/tools.ts";
import { isInWorkspace, requireWorkspace } from "../host/workspace.ts";
import { driverArguments, driverEnvironment, SCRIPTS } from "../launchers/local.ts";
import {
    endScheduler,
    scheduledScripts,
    schedulerPlan,
    schedulerRecord,
} from "../launchers/localScheduler.ts";
import type { Difference, ResourceKind } from "../rpc/kind.ts";
import { changedKeys } from "../rpc/values.ts";
import type { LocalLauncherConfig } from "../sdk/launcherConfig.ts";
import type { ScheduledWork } from "../sdk/work.ts";

export interface SchedulerInputs {
    cron: string;
    timeZone: string;
    jobs: ScheduledWork[];
    code: string;
    launcher: LocalLauncherConfig;
}

export interface SchedulerOutputs {
    pid: number;
    log: string;
}

/** The scheduler of the pipeline: jobs/schedule.py, a process of this machine that outlives the deployment. */
export const scheduler: ResourceKind<SchedulerInputs, SchedulerOutputs> = {
    outputs: ["pid", "log"],

    check: () => [],

    async diff({ id, oldInputs, inputs }): Promise<Difference | undefined> {
        const properties = changedKeys(oldInputs, inputs);
        if (id !== inputs.launcher.scheduleDir) {
            return { properties: ["launcher"], replaces: ["launcher"] };
        }
        if (properties.length > 0) {
            return { properties, reason: "starts again with another plan" };
        }
        return (await findDaemon(schedulerRecord(id)))
            ? undefined
            : { properties: ["pid"], reason: "it does not run: it is started again" };
    },

    planned: async () => ({}),

    async create(inputs, context) {
        context.progress("starting the scheduler");
        return { id: inputs.launcher.scheduleDir, outputs: await start(inputs) };
    },

    async read(id, outputs) {
        // A scheduler that has ended still has its plan. The next update starts it.
        return (await readJson(schedulerRecord(id))) ? outputs : undefined;
    },

    async update({ inputs }, context) {
        context.progress("starting the scheduler");
        return start(inputs);
    },

    async delete(id) {
        await endScheduler(id);
        if (await isInWorkspace(id)) {
            await rm(id, { recursive: true, force: true });
        }
    },
};

/** Starts a scheduler on a copy of the present scripts, so that later edits do not change what it runs. */
async function start({ cron, timeZone, jobs, launcher }: SchedulerInputs): Promise<SchedulerOutputs> {
    const folder = launcher.scheduleDir;
    await requireWorkspace(folder, launcher.scratchDir);
    await endScheduler(folder);
    const [plan, scripts] = [schedulerPlan(folder), scheduledScripts(folder)];
    const log = join(folder, "schedule.log");
    await rm(scripts, { recursive: true, force: true });
    await cp(SCRIPTS, scripts, { recursive: true });
    await mkdir(launcher.scratchDir, { recursive: true });
    const [submit, javaOptions] = [venvCommand("spark-submit"), await sparkArchiveOptions()];
    const steps = jobs.map((work) => {
        const copied = { ...work, script: join(scripts, basename(work.script)) };
        const driver = driverArguments(copied, `${work.job}-scheduled`, launcher, javaOptions);
        return { name: work.job, command: [submit, ...driver], after: work.after };
    });
    await writeAtomically(plan, JSON.stringify({ cron, timeZone, steps }, null, 2));
    const daemon = {
        command: venvCommand("python"),
        args: [join(projectDir, "jobs/schedule.py"), plan, "--log", log],
        cwd: projectDir,
        env: await driverEnvironment(scripts),
        output: join(folder, "start.log"),
    };
    const save = (record: ProcessId) =>
        writeAtomically(schedulerRecord(folder), JSON.stringify(record, null, 2));
    const { process } = await startDaemon(daemon, save, /^ready$/m).catch((error) => {
        throw new Error(`the scheduler ${error.message}`);
    });
    return { pid: process.pid, log };
}
