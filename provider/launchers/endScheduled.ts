import { setTimeout as sleep } from "node:timers/promises";

/** A scheduled run that has not ended. */
export interface UnderWay {
    name: string;
    cancel(): Promise<unknown>;
}

/** Interval between two checks, in milliseconds. */
const PERIOD = 500;
/** Time that the runs get to end, in milliseconds. */
const GRACE = 120_000;

/**
 * Cancels scheduled runs and returns when `look` finds none.
 *
 * @throws {Error} if a run does not end within two minutes
 */
export async function endScheduled(look: () => Promise<UnderWay[]>): Promise<void> {
    for (const deadline = Date.now() + GRACE; ; await sleep(PERIOD)) {
        const found = await look();
        if (found.length === 0) {
            return;
        }
        if (Date.now() > deadline) {
            throw new Error(`the scheduled run does not end: ${found.map(({ name }) => name).join(", ")}`);
        }
        for (const { cancel } of found) {
            // Google refuses this while the run is starting and when it has ended; the next check shows which.
            await cancel().catch(() => undefined);
        }
    }
}
