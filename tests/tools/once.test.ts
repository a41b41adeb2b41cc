import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import test, { type ExecutionContext } from "ava";
import { folder } from "../folder.ts";
import { bash, path } from "./shell.ts";

// A stand-in for a build: notes that it ran, takes a while, and writes its result in two parts.
const build = `
build() {
    echo run >>"$NOTES"
    echo half >"$1/first"
    sleep "\${SECONDS_TO_BUILD:-0.5}"
    if [ -n "\${FAIL:-}" ]; then return 1; fi
    echo whole >"$1/second"
}`;

function scene(t: ExecutionContext, programs: string[]) {
    const home = folder(t);
    const result = join(home, "cache/thing");
    const notes = join(home, "notes");
    const environment = { PATH: path(t, programs), HOME: home, NOTES: notes };
    const once = (extra: NodeJS.ProcessEnv = {}, flag = "") =>
        bash(`${build}\nonce ${flag} "${result}" "The thing" build`, { ...environment, ...extra });
    return {
        home,
        result,
        once,
        runs: () => (existsSync(notes) ? readFileSync(notes, "utf8").split("\n").length - 1 : 0),
    };
}

const whole = (directory: string) =>
    [".complete", "first", "second"].every((name) => existsSync(join(directory, name)));

for (const [how, programs] of [
    ["flock", ["flock"]],
    ["perl", ["perl"]],
] as const) {
    test(`two builds at a time make one result (${how})`, async (t) => {
        const { result, once, runs } = scene(t, [...programs]);
        const [a, b] = await Promise.all([once().result, once().result]);
        t.deepEqual([a.code, b.code], [0, 0], a.stderr + b.stderr);
        t.is(runs(), 1);
        t.true(whole(result));
        t.regex(a.stderr + b.stderr, /The thing: another run is at it/);
    });
}

test("without a lock, the first of two builds to finish wins, and nothing is left over", async (t) => {
    const { result, once, home } = scene(t, []);
    const [a, b] = await Promise.all([once().result, once({ SECONDS_TO_BUILD: "1" }).result]);
    t.deepEqual([a.code, b.code], [0, 0], a.stderr + b.stderr);
    t.true(whole(result));
    t.deepEqual(readdirSync(result).sort(), [".complete", "first", "second"]);
    t.deepEqual(readdirSync(join(home, "cache")).sort(), ["thing", "thing.lock"]);
});

for (const flag of ["", "--in-place"]) {
    test(`a killed build does not count, and the next one starts from the beginning ${flag}`, async (t) => {
        const { result, once, runs, home } = scene(t, ["perl"]);
        const first = once({ SECONDS_TO_BUILD: "30" }, flag);
        while (runs() === 0) await sleep(20);
        process.kill(-(first.child.pid ?? Number.NaN), "SIGKILL");
        await first.result;
        t.false(existsSync(join(result, ".complete")));
        const second = await once({}, flag).result;
        t.is(second.code, 0, second.stderr);
        t.true(whole(result));
        t.deepEqual(readdirSync(join(home, "cache")).sort(), ["thing", "thing.lock"]);
        t.is(runs(), 2);
    });

    test(`a failed build leaves nothing and returns its status ${flag}`, async (t) => {
        const { result, once, home } = scene(t, ["perl"]);
        t.is((await once({ FAIL: "yes" }, flag).result).code, 1);
        t.false(existsSync(result));
        t.deepEqual(readdirSync(join(home, "cache")), ["thing.lock"]);
    });
}

test("an existing result is not built again", async (t) => {
    const { once, runs } = scene(t, ["perl"]);
    await once().result;
    const again = await once().result;
    t.deepEqual(again, { code: 0, stdout: "", stderr: "" });
    t.is(runs(), 1);
});
