import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

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
    try {
        let rest = Buffer.alloc(0);
        for (;;) {
            signal.throwIfAborted();
            // Asked before reading, so that what was written until then is read.
            const last = await finished();
            for (;;) {
                const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(1 << 16) });
                if (bytesRead === 0) {
                    break;
                }
                rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
                for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
                    onLine(rest.subarray(0, end).toString());
                    rest = rest.subarray(end + 1);
                }
            }
            if (last) {
                if (rest.length > 0) {
                    onLine(rest.toString());
                }
                return;
            }
            await sleep(PERIOD);
        }
    } finally {
        await file.close();
    }
}
