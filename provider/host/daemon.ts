import { spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { readJson } from "./files.ts";
import { identify, isAlive, type ProcessId, stop } from "./process.ts";

/** A program that continues after the process that started it has ended. */
export interface Daemon {
    command: string;
    args: string[];
    cwd: string;
    env: NodeJS.ProcessEnv;
    /** File for its output; every start overwrites it. */
    output: string;
}

/** A daemon ended before it was ready, or was not ready in time. */
export class StartError extends Error {
    /** Its whole output. */
    readonly said: string;

    constructor(what: string, said: string) {
        super(what);
        this.said = said;
    }
}

/** Time that a daemon gets until it is ready, in milliseconds; 1 s is usual. */
const START = 30_000;

/**
 * Starts a daemon and waits until it is ready.
 *
 * @param started called as soon as the process runs, so that it can be found again after any failure
 * @param ready pattern of the line that reports that it is ready
 * @returns the process and the match of `ready`
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

/** The daemon of a record, if it runs. */
export async function findDaemon<R extends ProcessId>(record: string): Promise<R | undefined> {
    const found = await readJson<R>(record);
    return found && (await isAlive(found)) ? found : undefined;
}

/**
 * Ends the daemon of a record, if it runs.
 *
 * @param grace time that it gets to end by itself, in milliseconds
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
