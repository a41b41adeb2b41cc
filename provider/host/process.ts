import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/** A process of this machine that is told apart from a later one with the same id by when it began. */
export interface ProcessId {
    pid: number;
    /** When it began, in the system's own words. */
    began: string;
}

/** @throws when no such process runs */
export async function identify(pid: number): Promise<ProcessId> {
    const began = await beginning(pid);
    if (began === undefined) {
        throw new Error(`process ${pid} is not running`);
    }
    return { pid, began };
}

export async function isAlive({ pid, began }: ProcessId): Promise<boolean> {
    return (await beginning(pid)) === began;
}

/**
 * Ends a process and what it started: SIGTERM to its group, and SIGKILL to what is left of it when the process itself has
 * ended or the grace is over.
 *
 * @param grace how long it may take to end by itself, in milliseconds
 */
export async function stop(process_: ProcessId, grace: number): Promise<void> {
    if (!(await isAlive(process_))) {
        return;
    }
    signalGroup(process_, "SIGTERM");
    await waitWhile(() => isAlive(process_), grace);
    signalGroup(process_, "SIGKILL");
    await waitWhile(() => isAlive(process_), 5000);
    // Its children may need a moment more; what nobody has waited for stays in the group for good.
    await waitWhile(async () => signalGroup(process_, 0), 1000);
    if (await isAlive(process_)) {
        throw new Error(`process ${process_.pid} does not end, not even on SIGKILL`);
    }
}

/** Kills every process of this user that has all of some texts in its command line; no other program may have them. */
export async function killCommands(...texts: string[]): Promise<void> {
    // Another user may give a process any command line. Root sees theirs, and could kill them.
    const own = ["-u", `${process.geteuid?.()}`];
    const all = await promisify(execFile)("ps", [...own, "-wwo", "pid=,args="], { maxBuffer: 1 << 26 });
    const lines = all.stdout.split("\n").filter((line) => texts.every((text) => line.includes(text)));
    for (const line of lines) {
        try {
            process.kill(Number.parseInt(line, 10), "SIGKILL");
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
                throw error;
            }
        }
    }
}

/** False where nothing is left of the group. */
function signalGroup({ pid }: ProcessId, signal: NodeJS.Signals | 0): boolean {
    try {
        return process.kill(-pid, signal);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
            throw error;
        }
        return false;
    }
}

/** @param limit in milliseconds */
async function waitWhile(holds: () => Promise<boolean>, limit: number): Promise<void> {
    for (const deadline = Date.now() + limit; Date.now() < deadline && (await holds()); ) {
        await sleep(50);
    }
}

/** When a process began; `undefined` where there is none, or only a zombie that nobody has waited for. */
async function beginning(pid: number): Promise<string | undefined> {
    if (process.platform !== "linux") {
        const ps = await promisify(execFile)("ps", ["-o", "stat=,lstart=", "-p", `${pid}`]).catch(
            () => undefined,
        );
        const [stat, ...began] = ps?.stdout.trim().split(/\s+/) ?? [];
        return !stat || stat.startsWith("Z") ? undefined : began.join(" ");
    }
    try {
        // The second field is the command in parentheses and may hold blanks; state and start time are fields 3 and 22.
        const stat = await readFile(`/proc/${pid}/stat`, "utf8");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return fields[0] === "Z" ? undefined : fields[19];
    } catch {
        return undefined;
    }
}
