import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { LineCutter } from "./lines.ts";

/** Interval between two reads of a growing file, in milliseconds. */
const PERIOD = 200;

/**
 * Passes on the lines of a file from its beginning, including new lines, until `finished` says that the file is
 * complete.
 *
 * @throws the signal's reason when the signal fires
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
            // Asked before the read, so that the read sees everything written until then.
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
