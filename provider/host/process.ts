import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/** A process of this machine. Its start time distinguishes it from a later process with the same id. */
export interface ProcessId {
    pid: number;
    /** Its start time, in the system's format. */
    began: string;
}

/** @throws if the process does not run */
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
 * Ends a process and everything that it started: sends SIGTERM to its group, and SIGKILL to the rest of the group when the
 * process has ended or the grace is over.
 *
 * @param grace time that it gets to end by itself, in milliseconds
 */
export async function stop(process_: ProcessId, grace: number): Promise<void> {
    if (!(await isAlive(process_))) {
        return;
    }
    signalGroup(process_, "SIGTERM");
    await waitWhile(() => isAlive(process_), grace);
    signalGroup(process_, "SIGKILL");
    await waitWhile(() => isAlive(process_), 5000);
    // Its children may need a moment longer; zombies stay in the group.
    await waitWhile(async () => signalGroup(process_, 0), 1000);
    if (await isAlive(process_)) {
        throw new Error(`process ${process_.pid} does not end, not even on SIGKILL`);
    }
}

/** Kills every process of this user whose command line contains all texts; they must not occur in other programs. */
export async function killCommands(...texts: string[]): Promise<void> {
    // Another user may choose any command line, and root could kill their processes.
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

/** False if the group has no process left. */
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

/** @param limit time in milliseconds */
async function waitWhile(holds: () => Promise<boolean>, limit: number): Promise<void> {
    for (const deadline = Date.now() + limit; Date.now() < deadline && (await holds()); ) {
        await sleep(50);
    }
}

/** The start time of a process; `undefined` if there is none or only a zombie. */
async function beginning(pid: number): Promise<string | undefined> {
    if (process.platform !== "linux") {
        const ps = await promisify(execFile)("ps", ["-o", "stat=,lstart=", "-p", `${pid}`]).catch(
            () => undefined,
        );
        const [stat, ...began] = ps?.stdout.trim().split(/\s+/) ?? [];
        return !stat || stat.startsWith("Z") ? undefined : began.join(" ");
    }
    try {
        // The second field is the command in parentheses and may contain blanks; state and start time are fields 3 and 22.
        const stat = await readFile(`/proc/${pid}/stat`, "utf8");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return fields[0] === "Z" ? undefined : fields[19];
    } catch {
        return undefined;
    }
}
