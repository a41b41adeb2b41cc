import { spawn, spawnSync } from "node:child_process";
import { explained } from "./explained.ts";

/** Runs a Pulumi command to its end and returns its output. Ends this process with Pulumi's message if the command fails. */
export function pulumi(...words: string[]): string {
    const { status, stdout, stderr, error } = spawnSync("pulumi", words, {
        encoding: "utf8",
        maxBuffer: 1 << 28,
    });
    if (status !== 0) {
        // Pulumi prints the errors of resources as part of its display.
        const said = error ? `${error.message}\n` : stdout + stderr;
        process.stderr.write(said + explained(stackOf(words), said));
        process.exit(status || 1);
    }
    return stdout;
}

/**
 * Runs a Pulumi command whose display the user sees, and returns its exit code. After a known error, it prints how to repair
 * it.
 */
export async function run(stack: string, words: string[]): Promise<number> {
    // Ctrl-C also reaches Pulumi, which needs some time to end. A SIGTERM to this process is passed on.
    process.on("SIGINT", () => {});
    const child = spawn("pulumi", words, { stdio: ["inherit", "inherit", "pipe"] });
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    let said = "";
    child.stderr.on("data", (data: Buffer) => {
        process.stderr.write(data);
        said = (said + data).slice(-10_000);
    });
    const code = await new Promise<number>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (status) => resolve(status ?? 1));
    });
    if (code !== 0) {
        process.stderr.write(explained(stack, said));
    }
    return code;
}

function stackOf(words: string[]): string {
    return words[0] === "stack" && words[1] === "init"
        ? (words[2] as string)
        : (words[words.indexOf("--stack") + 1] ?? "");
}
