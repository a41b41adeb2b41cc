import { createHash } from "node:crypto";
import type { GoogleLauncherConfig } from "../sdk/launcherConfig.ts";
import type { Ending, Submission } from "./launcher.ts";

export function labelsOf(config: GoogleLauncherConfig, { job, runId }: Submission): Record<string, string> {
    return { ...config.labels, "london-power-job": job, "london-power-run": runId };
}

/** By which Google knows a request that is repeated; it takes no more than 40 characters. */
export function requestIdOf(id: string): string {
    return createHash("sha256").update(id).digest("hex").slice(0, 40);
}

/**
 * How a driver ended, from what Google says of it; `undefined` while it has not. A failed one has no exit code, but a reason.
 *
 * @param done the state of one that has succeeded
 */
export function endingOf(state = "", details = "", done = "DONE"): Ending | undefined {
    if (![done, "ERROR", "FAILED", "CANCELLED"].includes(state)) {
        return undefined;
    }
    return { code: state === done ? 0 : -1, text: `Dataproc says ${state}${details && `: ${details}`}` };
}
