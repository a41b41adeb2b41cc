// The node processes that this host started: the program, providers and policy packs.
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

const grace = 5000; // what the engine itself gives a plugin between the interrupt and the kill
const running = new Set<ChildProcess>();

export interface Ended {
    code: number | null;
    signal: NodeJS.Signals | null;
}

export function startNode(args: string[], options: SpawnOptions): ChildProcess {
    const child = spawn(process.execPath, args, options);
    running.add(child);
    child.once("close", () => running.delete(child));
    child.once("error", () => running.delete(child));
    return child;
}

export function ended(child: ChildProcess): Promise<Ended> {
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code, signal) => resolve({ code, signal }));
    });
}

/** Asks first: a provider may have work in flight that it wants to end by itself. */
export async function stop(child: ChildProcess): Promise<void> {
    if (!running.has(child)) return;
    const gone = ended(child).catch(() => undefined);
    child.kill("SIGINT");
    const timer = setTimeout(() => child.kill("SIGKILL"), grace);
    await gone;
    clearTimeout(timer);
}

export async function stopAll(): Promise<void> {
    await Promise.all([...running].map(stop));
}
