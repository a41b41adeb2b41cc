// Running the project's shell scripts as a user would, in an environment made up for the test.
import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ExecutionContext } from "ava";
import { folder } from "../folder.ts";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const setup = join(root, "tools/setup");

export interface Result {
    code: number | null;
    stdout: string;
    stderr: string;
}

export function start(
    command: string[],
    environment: NodeJS.ProcessEnv,
): { child: ChildProcess; result: Promise<Result> } {
    const [program, ...args] = command as [string, ...string[]];
    // In a process group of its own, so that a test can end it with all that it has started.
    const child = spawn(program, args, {
        env: environment,
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
    });
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (data) => (output.stdout += data));
    child.stderr.on("data", (data) => (output.stderr += data));
    const result = new Promise<Result>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => resolve({ code, ...output }));
    });
    return { child, result };
}

export function run(command: string[], environment: NodeJS.ProcessEnv = process.env): Promise<Result> {
    return start(command, environment).result;
}

/** Runs lines of bash with the set-up library loaded. */
export function bash(script: string, environment: NodeJS.ProcessEnv = process.env) {
    const load = ["common", "versions", "once", "progress", "beside", "detect"]
        .map((name) => `. "${setup}/${name}.sh"`)
        .join("\n");
    return start([which("bash"), "-c", `set -euo pipefail\n${load}\n${script}`], environment);
}

export function which(program: string): string {
    for (const directory of (process.env.PATH ?? "").split(delimiter)) {
        const path = join(directory, program);
        try {
            accessSync(path, constants.X_OK);
            return path;
        } catch {
            // not in this one
        }
    }
    throw new Error(`${program} is not on the PATH`);
}

const basics = [
    "awk",
    "basename",
    "bash",
    "cat",
    "chmod",
    "cp",
    "cut",
    "dirname",
    "env",
    "grep",
    "head",
    "kill",
    "ln",
    "ls",
    "mkdir",
    "mktemp",
    "mv",
    "readlink",
    "rm",
    "sed",
    "sh",
    "sleep",
    "tail",
    "touch",
    "tr",
    "uname",
    "wc",
];

/** A PATH with the everyday commands, those named, and stand-ins given as shell scripts. Nothing else. */
export function path(
    t: ExecutionContext,
    programs: string[] = [],
    standIns: Record<string, string> = {},
): string {
    const directory = join(folder(t), "bin");
    mkdirSync(directory);
    for (const program of [...basics, sums(), ...programs])
        symlinkSync(which(program), join(directory, program));
    for (const [name, script] of Object.entries(standIns)) {
        writeFileSync(join(directory, name), `#!${which("bash")}\n${script}\n`, { mode: 0o755 });
    }
    return directory;
}

function sums(): string {
    try {
        return which("sha256sum") && "sha256sum";
    } catch {
        return "shasum";
    }
}
