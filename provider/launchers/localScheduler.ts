import { join } from "node:path";
import { endDaemon } from "../host/daemon.ts";
import { killCommands } from "../host/process.ts";

/** Time that the scheduler gets to end, in milliseconds; its driver needs most of it. */
const GRACE = 20_000;

/**
 * Ends the scheduler and its current run, so that they never work at the same time as the jobs of a deployment.
 * The deployment starts it again when all its jobs have succeeded.
 */
export async function endScheduler(scheduleDir: string): Promise<void> {
    await endDaemon(schedulerRecord(scheduleDir), GRACE);
    // A scheduler whose folder was removed runs on without a record, and the driver of a killed scheduler without a scheduler.
    await killCommands("schedule.py", schedulerPlan(scheduleDir));
    await killCommands(join(scheduledScripts(scheduleDir), "/"), "-scheduled");
}

/** Path of the plan of a scheduler. */
export function schedulerPlan(scheduleDir: string): string {
    return join(scheduleDir, "plan.json");
}

/** Folder of a scheduler's copy of the scripts. */
export function scheduledScripts(scheduleDir: string): string {
    return join(scheduleDir, "scripts");
}

/** Path of the record by which a scheduler is found again. */
export function schedulerRecord(scheduleDir: string): string {
    return join(scheduleDir, "scheduler.json");
}
