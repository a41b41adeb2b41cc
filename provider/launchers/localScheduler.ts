import { join } from "node:path";
import { endDaemon } from "../host/daemon.ts";
import { killCommands } from "../host/process.ts";

/** How long the scheduler may take to end, in milliseconds; most of it is its driver's. */
const GRACE = 20_000;

/**
 * Ends the scheduler and the run that it is at, so that jobs of a deployment never work beside them, nor on what they write.
 * The deployment starts it again when all its jobs have succeeded.
 */
export async function endScheduler(scheduleDir: string): Promise<void> {
    await endDaemon(schedulerRecord(scheduleDir), GRACE);
    // One whose folder was removed goes on without its record, and the driver of one that was killed without that.
    await killCommands("schedule.py", schedulerPlan(scheduleDir));
    await killCommands(join(scheduledScripts(scheduleDir), "/"), "-scheduled");
}

/** Where the plan is that a scheduler is started with. */
export function schedulerPlan(scheduleDir: string): string {
    return join(scheduleDir, "plan.json");
}

/** Folder of the scripts as a scheduler runs them. */
export function scheduledScripts(scheduleDir: string): string {
    return join(scheduleDir, "scripts");
}

/** Where a scheduler is recorded, so that it is found again. */
export function schedulerRecord(scheduleDir: string): string {
    return join(scheduleDir, "scheduler.json");
}
