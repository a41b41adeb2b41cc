import type { Ending } from "./launcher.ts";

/** The parts of a service's task that are used here. */
export interface Task {
    Status: {
        State: string;
        Err?: string;
        ContainerStatus?: { ExitCode?: number };
    };
}

/** The final states of a task. */
const FINAL = ["complete", "failed", "shutdown", "rejected", "orphaned", "remove"];

/** The end of a task; `undefined` while it runs. */
export function endingOf({ Status: { State, Err, ContainerStatus } }: Task): Ending | undefined {
    if (!FINAL.includes(State)) {
        return undefined;
    }
    const code = ContainerStatus?.ExitCode ?? (State === "complete" ? 0 : -1);
    if (code > 128) {
        return { code, text: `killed by signal ${code - 128} (exit code ${code})` };
    }
    // A task that never ran has a reason instead of an exit code.
    return { code, text: code >= 0 && State !== "rejected" ? `exit code ${code}` : `${State}: ${Err}` };
}

/** Whether a task has a node but no container yet. */
export function isStarting({ Status: { State } }: Task): boolean {
    return ["assigned", "accepted", "preparing", "ready", "starting"].includes(State);
}

/** The reason why a task waits; `undefined` after its start. */
export function waitingFor({ Status: { State, Err } }: Task): string | undefined {
    return ["new", "allocated", "pending", "assigned"].includes(State) ? Err || "no node yet" : undefined;
}
