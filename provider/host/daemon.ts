import { spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { readJson } from "./files.ts";
import { identify, isAlive, type ProcessId, stop } from "./process.ts";

/** A program that outlives the process that starts it. */
export interface Daemon {
    command: string;
    args: string[];
    cwd: string;
    env: NodeJS.ProcessEnv;
    /** File for what it says, written anew at every start. */
    output: string;
}

/** A daemon that has ended before it was ready, or was not in time. */
export class StartError extends Error {
    /** All that it had said. */
    readonly said: string;

    constructor(what: string, said: string) {
        super(what);
        this.said = said;
    }
}

/** How long a daemon may take to be ready, in milliseconds; 1 s is usual. */
const START = 30_000;

/**
 * Starts a daemon and waits until it is ready.
 *
 * @param started called as soon as the process runs, so that it can be found again whatever happens next
 * @param ready a line by which it says that it is ready
 * @returns the process and what `ready` has found
 * @throws {StartError} with its last lines
 */
export async function startDaemon(
    { command, args, cwd, env, output }: Daemon,
    started: (process: ProcessId) => Promise<void>,
    ready: RegExp,
): Promise<{ process: ProcessId; found: RegExpExecArray }> {
    const file = await open(output, "w");
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", file.fd, file.fd] });
    try {
        await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
    } finally {
        await file.close();
    }
    child.unref();
    const process = await identify(child.pid as number);
    await started(process);
    for (const deadline = Date.now() + START; Date.now() < deadline; await sleep(100)) {
        const alive = await isAlive(process);
        const said = await readFile(output, "utf8");
        const found = ready.exec(said);
        if (found) {
            return { process, found };
        }
        if (!alive) {
            throw new StartError(`did not start\nlog: ${output}\n${lastLines(said)}`, said);
        }
    }
    await stop(process, 1000);
    throw new StartError(`was not ready within ${START / 1000} s\nlog: ${output}`, "");
}

/** The daemon of a record, as far as it runs. */
export async function findDaemon<R extends ProcessId>(record: string): Promise<R | undefined> {
    const found = await readJson<R>(record);
    return found && (await isAlive(found)) ? found : undefined;
}

/**
 * Ends the daemon of a record, as far as it runs.
 *
 * @param grace how long it may take to end by itself, in milliseconds
 */
export async function endDaemon(record: string, grace: number): Promise<void> {
    const found = await readJson<ProcessId>(record);
    if (found) {
        await stop(found, grace);
    }
}

function lastLines(text: string): string {
    return text.trimEnd().split("\n").slice(-10).join("\n");
}
