// rotate.ts STACK [mongo|jupyter|spark|express|gateway]: gives a stack, or one part of it, new credentials: raises the number
// that they depend on, and deploys. It finishes an interrupted deployment first. Runs in the environment of env.sh.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { credentialsOf, PARTS, setting, wasInterrupted } from "./stack/credentials.ts";

const [stack = "local", only] = process.argv.slice(2);
const key = only === undefined ? "rotation" : PARTS[only];
if (key === undefined) {
    end(2, `usage: rotate.ts STACK [${Object.keys(PARTS).join("|")}]; there is no part ${only}`);
}
const credentials = credentialsOf(stack);
if (!credentials) {
    end(
        1,
        `stack ${stack} has no credentials to rotate: it generates none, or is not up yet (make up STACK=${stack})`,
    );
}
const parts = Object.entries(PARTS).filter(([part]) => part in credentials);
if (only !== undefined && !(only in credentials)) {
    const has = parts.map(([part]) => part).join(", ");
    end(
        1,
        `stack ${stack} has no credentials of ${only} to rotate: it generates those of ${has} (make rotate STACK=${stack})`,
    );
}
const all = setting(stack, "rotation", 0);
const unfinished = parts.filter(
    ([part, own]) => credentials[part]?.rotation !== all + setting(stack, own, 0),
);
if (unfinished.length > 0 || wasInterrupted(stack)) {
    console.error("The last deployment was not finished: finishing it before the rotation.");
    run(process.execPath, join(import.meta.dirname, "stack.ts"), "up", stack);
}
run("pulumi", "config", "set", `london-power:${key}`, `${setting(stack, key, 0) + 1}`, "--stack", stack);
run(process.execPath, join(import.meta.dirname, "stack.ts"), "up", stack);

function run(command: string, ...words: string[]): void {
    const { status } = spawnSync(command, words, { stdio: "inherit" });
    if (status !== 0) {
        process.exit(status ?? 1);
    }
}

function end(code: number, message: string): never {
    console.error(message);
    process.exit(code);
}
