import { setTimeout as sleep } from "node:timers/promises";

/** Something that the clock has started and that has not ended. */
export interface UnderWay {
    name: string;
    cancel(): Promise<unknown>;
}

/** How often the end is looked for, in milliseconds. */
const PERIOD = 500;
/** How long it may take, in milliseconds. */
const GRACE = 120_000;

/**
 * Ends what the clock has started, and returns when a look finds nothing of it.
 *
 * @throws {Error} where something does not end within two minutes
 */
export async function endScheduled(look: () => Promise<UnderWay[]>): Promise<void> {
    for (const deadline = Date.now() + GRACE; ; await sleep(PERIOD)) {
        const found = await look();
        if (found.length === 0) {
            return;
        }
        if (Date.now() > deadline) {
            throw new Error(`the run by the clock does not end: ${found.map(({ name }) => name).join(", ")}`);
        }
        for (const { cancel } of found) {
            // Refused while it is not far enough, or when it has ended meanwhile: both show at the next look.
            await cancel().catch(() => undefined);
        }
    }
}
