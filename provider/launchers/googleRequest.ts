import { createHash } from "node:crypto";
import type { GoogleLauncherConfig } from "../sdk/launcherConfig.ts";
import type { Ending, Submission } from "./launcher.ts";

export function labelsOf(config: GoogleLauncherConfig, { job, runId }: Submission): Record<string, string> {
    return { ...config.labels, "london-power-job": job, "london-power-run": runId };
}

/** Returns the id by which Google recognises a repeated request; at most 40 characters. */
export function requestIdOf(id: string): string {
    return createHash("sha256").update(id).digest("hex").slice(0, 40);
}

/**
 * Returns the end of a driver from Google's state; `undefined` while it runs. A failed driver has a reason instead of an exit
 * code.
 *
 * @param done the state of a driver that has succeeded
 */
export function endingOf(state = "", details = "", done = "DONE"): Ending | undefined {
    if (![done, "ERROR", "FAILED", "CANCELLED"].includes(state)) {
        return undefined;
    }
    return { code: state === done ? 0 : -1, text: `Dataproc says ${state}${details && `: ${details}`}` };
}
