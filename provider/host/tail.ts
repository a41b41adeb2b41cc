import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { LineCutter } from "./lines.ts";

/** How often a growing file is looked at, in milliseconds. */
const PERIOD = 200;

/**
 * Passes on the lines of a file from its beginning, those that are still to come included, until `finished` says that
 * nothing more will be written.
 *
 * @throws the signal's reason when it fires
 */
export async function tailLines(
    path: string,
    onLine: (line: string) => void,
    finished: () => Promise<boolean>,
    signal: AbortSignal,
): Promise<void> {
    const file = await open(path, "r");
    const lines = new LineCutter(onLine);
    try {
        for (;;) {
            signal.throwIfAborted();
            // Asked before reading, so that what was written until then is read.
            const last = await finished();
            for (;;) {
                const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(1 << 16) });
                if (bytesRead === 0) {
                    break;
                }
                lines.push(buffer.subarray(0, bytesRead));
            }
            if (last) {
                lines.end();
                return;
            }
            await sleep(PERIOD);
        }
    } finally {
        await file.close();
    }
}
