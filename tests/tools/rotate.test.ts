import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { folder } from "../folder.ts";
import { path, root, run, which } from "./shell.ts";

const DAY = 24 * 3600 * 1000;

test("a rotation raises the number on which all credentials depend, and deploys", async (t) => {
    const { code, asked } = await rotate(t, ["dev"], { config: { rotation: 2 }, done: 2 });
    t.is(code, 0);
    t.deepEqual(asked, ["config set london-power:rotation 3 --stack dev", "up"]);
});

test("a single part is rotated by its own number", async (t) => {
    const { asked } = await rotate(t, ["dev", "spark"], { config: { rotation: 2 }, done: 2 });
    t.deepEqual(asked, ["config set london-power:rotationSpark 1 --stack dev", "up"]);
});

test("an unfinished rotation is finished before the next one", async (t) => {
    const { asked, stderr } = await rotate(t, ["dev"], { config: { rotation: 3 }, done: 2 });
    t.deepEqual(asked, ["up", "config set london-power:rotation 4 --stack dev", "up"]);
    t.regex(stderr, /was not finished/);
});

test("a killed deployment is finished before the next rotation", async (t) => {
    const { asked } = await rotate(t, ["dev"], { config: {}, done: 0, pending: [{ type: "updating" }] });
    t.deepEqual(asked, ["up", "config set london-power:rotation 1 --stack dev", "up"]);
});

test("an unknown part and a stack without credentials are refused", async (t) => {
    const wrong = await rotate(t, ["dev", "redis"], { config: {}, done: 0 });
    t.is(wrong.code, 2);
    t.regex(wrong.stderr, /\[mongo\|jupyter\|spark\|express\|gateway\]; there is no part redis/);
    const none = await rotate(t, ["local"], { config: {} });
    t.is(none.code, 1);
    t.regex(none.stderr, /make up STACK=local/);
});

test("a stack with some of the parts rotates these, and refuses the others", async (t) => {
    const gcp = { config: { rotation: 1 }, done: 1, parts: ["mongo"] };
    const { code, asked } = await rotate(t, ["gcp"], gcp);
    t.is(code, 0);
    t.deepEqual(asked, ["config set london-power:rotation 2 --stack gcp", "up"]);
    const other = await rotate(t, ["gcp", "jupyter"], gcp);
    t.is(other.code, 1);
    t.regex(other.stderr, /stack gcp has no credentials of jupyter .*: it generates those of mongo /);
    t.deepEqual(other.asked, []);
});

test("the doctor warns of credentials that are too old, with the command that renews them", async (t) => {
    const since = (days: number) => new Date(Date.now() - days * DAY).toISOString();
    const credentials = {
        mongo: { rotation: 0, since: since(31.5) },
        spark: { rotation: 1, since: since(2.5) },
    };
    const bin = pulumiThatSays(t, { config: { maxSecretAgeDays: 30 }, outputs: { credentials } });
    const { stdout } = await run([which("bash"), join(root, "tools/doctor.sh"), "local"], {
        PATH: bin,
        HOME: folder(t),
        PULUMI_BACKEND_URL: "file:///nowhere",
    });
    t.regex(
        stdout,
        /old +mongo +its credentials have an age of 31 days, of 30; .*make rotate STACK=local ONLY=mongo/,
    );
    t.regex(stdout, /here +spark +its credentials have an age of 2 days, of 30/);
});

interface Stack {
    config: Record<string, number>;
    /** The rotation of all parts that the last deployment finished. */
    done?: number;
    /** All of them unless said. */
    parts?: string[];
    pending?: object[];
}

/** Runs rotate.ts; what it made Pulumi do. */
async function rotate(t: ExecutionContext, words: string[], stack: Stack) {
    const { config, done, parts = ["mongo", "jupyter", "spark", "express"], pending } = stack;
    const credentials = Object.fromEntries(parts.map((part) => [part, { rotation: done, since: "" }]));
    const outputs = done === undefined ? {} : { credentials };
    const log = join(folder(t), "asked");
    writeFileSync(log, "");
    const bin = pulumiThatSays(t, { config, outputs, pending, log });
    const result = await run([process.execPath, join(root, "tools/rotate.ts"), ...words], {
        PATH: bin,
        HOME: folder(t),
    });
    const asked = readFileSync(log, "utf8").split("\n").filter(Boolean);
    return { ...result, asked: asked.map((line) => (line.startsWith("up ") ? "up" : line)) };
}

/** A PATH with a pulumi that knows a stack, and notes what it is made to do. */
function pulumiThatSays(
    t: ExecutionContext,
    { config, outputs, pending = [], log = "/dev/null" }: Stack & { outputs: object; log?: string },
): string {
    const values = Object.entries(config).map(([key, value]) => [
        `london-power:${key}`,
        { value: `${value}` },
    ]);
    const deployment = { deployment: { pending_operations: pending } };
    const pulumi = `case "$*" in
        version) echo v3.256.0 ;;
        "stack output"*) echo '${JSON.stringify(outputs)}' ;;
        "config --json"*) echo '${JSON.stringify(Object.fromEntries(values))}' ;;
        "stack export"*) echo '${JSON.stringify(deployment)}' ;;
        "stack ls"*) echo '[{"name": "dev"}, {"name": "gcp"}]' ;;
        *) echo "$*" >>'${log}' ;;
        esac`;
    return path(t, ["node"], { pulumi });
}
