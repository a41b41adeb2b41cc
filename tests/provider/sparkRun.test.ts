import test from "ava";
import { reasonsToRun, runIdOf, type SparkRunInputs, sparkRun } from "../../provider/kinds/sparkRun.ts";
import { UNKNOWN } from "../../provider/rpc/values.ts";

const INPUTS: SparkRunInputs = {
    job: "train",
    script: "jobs/pyspark/train.py",
    args: ["--lake", "file:///l", "--test-fraction", "0.2"],
    triggers: { data: "d1", script: "s1" },
    conf: {},
    launcher: { kind: "local", runsDir: "/r", scratchDir: "/s", cores: 0, memory: "2g" },
};
const OUTPUTS = { runId: runIdOf(INPUTS), metrics: { rows: 1 }, seconds: 2, startedAt: "then", log: "/log" };
const CONTEXT = { signal: new AbortController().signal, progress() {}, info() {}, warn() {} };

test("the id of a run is the same for the same work, in whatever order it is written down", (t) => {
    t.is(runIdOf(INPUTS), runIdOf({ ...INPUTS, triggers: { script: "s1", data: "d1" } }));
    t.regex(runIdOf(INPUTS), /^train-[0-9a-f]{12}$/);
});

for (const [what, change] of [
    ["arguments", { args: ["--lake", "file:///l", "--test-fraction", "0.3"] }],
    ["their order", { args: [...INPUTS.args].reverse() }],
    ["a trigger", { triggers: { data: "d2", script: "s1" } }],
    ["the script", { script: "jobs/pyspark/other.py" }],
] as const) {
    test(`another id for other work: ${what}`, (t) => {
        const changed = { ...INPUTS, ...change } as SparkRunInputs;
        t.not(runIdOf(changed), runIdOf(INPUTS));
        t.is(reasonsToRun(INPUTS, changed).length, 1);
    });
}

test("memory and Spark's properties change neither the id nor the results", async (t) => {
    const changed = { ...INPUTS, conf: { a: "b" }, launcher: { ...INPUTS.launcher, memory: "4g" } };
    t.is(runIdOf(changed), runIdOf(INPUTS));
    const change = { id: "train", oldInputs: INPUTS, oldOutputs: OUTPUTS, inputs: changed };
    t.deepEqual(await sparkRun.diff(change, CONTEXT), {
        properties: ["conf", "launcher"],
        reason: undefined,
    });
    t.deepEqual(sparkRun.planned(changed, change), OUTPUTS);
    t.is(await sparkRun.update(change, CONTEXT), OUTPUTS);
});

test("the reasons name what changed, and arguments by what went and what came", (t) => {
    const changed = {
        ...INPUTS,
        args: ["--lake", "file:///l", "--test-fraction", "0.3"],
        triggers: { data: "d2", script: "s1" },
    };
    t.deepEqual(reasonsToRun(INPUTS, changed), ["data changed", "arguments changed (0.2 → 0.3)"]);
});

test("a preview knows the id of the next run unless what makes it is unknown", (t) => {
    const change = { id: "train", oldInputs: INPUTS, oldOutputs: OUTPUTS };
    const known = { ...INPUTS, triggers: { data: "d2", script: "s1" } };
    t.deepEqual(sparkRun.planned(known, { ...change, inputs: known }), { runId: runIdOf(known) });
    const unknown = { ...INPUTS, triggers: { data: UNKNOWN, script: "s1" } };
    t.deepEqual(sparkRun.planned(unknown, { ...change, inputs: unknown }), {});
});

test("secrets among arguments, properties and triggers are refused, and so is a wrong name", (t) => {
    const failures = sparkRun.check({ ...INPUTS, job: "Train it" }, new Set(["args", "conf", "triggers"]));
    t.deepEqual(
        failures.map(({ property }) => property),
        ["job", "args", "conf", "triggers"],
    );
    t.deepEqual(sparkRun.check(INPUTS, new Set()), []);
});
