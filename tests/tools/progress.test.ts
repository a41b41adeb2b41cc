import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { folder } from "../folder.ts";
import { bash } from "./shell.ts";

test("progress shows the current step and its time, and the log keeps the output", async (t) => {
    const log = join(folder(t), "logs/build.log");
    const { code, stdout, stderr } = await bash(
        `progress "Building" "${log}" bash -c 'sleep 1.2; echo noise'`,
    ).result;
    t.is(code, 0);
    t.is(stdout, "");
    t.regex(stderr, /^Building …\nBuilding: done in [12]s\n$/);
    t.is(readFileSync(log, "utf8"), "noise\n");
});

test("a failure shows the error and the end of the log, and keeps the command's status", async (t) => {
    const log = join(folder(t), "build.log");
    const noise = `echo "error: the cause"; for i in $(seq 1 100); do echo line $i; done; exit 3`;
    const { code, stderr } = await bash(`progress "Building" "${log}" bash -c '${noise}'`).result;
    t.is(code, 3);
    t.regex(stderr, /Building: failed after \ds\./);
    t.true(stderr.includes(log));
    t.regex(stderr, /error: the cause/);
    t.regex(stderr, /line 100/);
    t.notRegex(stderr, /line 50\b/);
});

test("an attempt that may fail shows the reason in one line", async (t) => {
    const log = join(folder(t), "build.log");
    const { code, stderr } = await bash(
        `progress --may-fail "Asking" "${log}" bash -c 'echo first; echo no way; exit 7'`,
    ).result;
    t.is(code, 7);
    t.is(stderr.split("\n").filter((line) => line.includes("not possible")).length, 1);
    t.regex(stderr, /Asking: not possible: no way\n$/);
});
