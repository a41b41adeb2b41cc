import type { Ending } from "./launcher.ts";

/** A task of a service, as far as it matters here. */
export interface Task {
    Status: {
        State: string;
        Err?: string;
        ContainerStatus?: { ExitCode?: number };
    };
}

/** The states that a task does not leave. */
const FINAL = ["complete", "failed", "shutdown", "rejected", "orphaned", "remove"];

/** How a task ended; `undefined` while it has not. */
export function endingOf({ Status: { State, Err, ContainerStatus } }: Task): Ending | undefined {
    if (!FINAL.includes(State)) {
        return undefined;
    }
    const code = ContainerStatus?.ExitCode ?? (State === "complete" ? 0 : -1);
    if (code > 128) {
        return { code, text: `killed by signal ${code - 128} (exit code ${code})` };
    }
    // A task that never ran has no exit code, but a reason.
    return { code, text: code >= 0 && State !== "rejected" ? `exit code ${code}` : `${State}: ${Err}` };
}

/** Whether a task has a node and is on its way to its container. */
export function isStarting({ Status: { State } }: Task): boolean {
    return ["assigned", "accepted", "preparing", "ready", "starting"].includes(State);
}

/** What a task waits for before it can start; `undefined` once it has. */
export function waitingFor({ Status: { State, Err } }: Task): string | undefined {
    return ["new", "allocated", "pending", "assigned"].includes(State) ? Err || "no node yet" : undefined;
}
