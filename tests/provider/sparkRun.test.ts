import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import {
    changedCauses,
    reasonsToRun,
    runIdOf,
    type SparkRunInputs,
    sparkRun,
} from "../../provider/kinds/sparkRun.ts";
import { UNKNOWN } from "../../provider/rpc/values.ts";
import { folder } from "../folder.ts";
import { contextWith } from "./context.ts";

const INPUTS: SparkRunInputs = {
    job: "train",
    script: "jobs/pyspark/train.py",
    args: ["--lake", "file:///l", "--test-fraction", "0.2"],
    triggers: { data: "d1", script: "s1" },
    conf: {},
    uses: [],
    results: {},
    launcher: { kind: "local", runsDir: "/r", scratchDir: "/s", cores: 0, memory: "2g", scheduleDir: "/c" },
};
const OUTPUTS = { runId: runIdOf(INPUTS), metrics: { rows: 1 }, seconds: 2, startedAt: "then", log: "/log" };
const CONTEXT = contextWith();

test("the same work has the same run id, whatever the order of its inputs", (t) => {
    t.is(runIdOf(INPUTS), runIdOf({ ...INPUTS, triggers: { script: "s1", data: "d1" } }));
    t.regex(runIdOf(INPUTS), /^train-[0-9a-f]{12}$/);
});

for (const [what, change] of [
    ["arguments", { args: ["--lake", "file:///l", "--test-fraction", "0.3"] }],
    ["their order", { args: [...INPUTS.args].reverse() }],
    ["a trigger", { triggers: { data: "d2", script: "s1" } }],
    ["the script", { script: "jobs/pyspark/other.py" }],
] as const) {
    test(`other work has another id: ${what}`, (t) => {
        const changed = { ...INPUTS, ...change } as SparkRunInputs;
        t.not(runIdOf(changed), runIdOf(INPUTS));
        t.is(changedCauses(INPUTS, changed).length, 1);
    });
}

test("a changed contract is a reason to run only if the last results violate it", async (t) => {
    const asking = (key: string) => {
        const results = { type: "object", properties: { [key]: { type: "integer" } }, required: [key] };
        const change = { id: "train", oldInputs: INPUTS, oldOutputs: OUTPUTS };
        return reasonsToRun({ ...change, inputs: { ...INPUTS, results } });
    };
    t.deepEqual(await asking("households"), ["in its results households is missing"]);
    t.deepEqual(await asking("rows"), []);
});

test("memory and Spark's properties change neither the run's id nor its results", async (t) => {
    const changed = { ...INPUTS, conf: { a: "b" }, launcher: { ...INPUTS.launcher, memory: "4g" } };
    t.is(runIdOf(changed), runIdOf(INPUTS));
    const change = { id: "train", oldInputs: INPUTS, oldOutputs: OUTPUTS, inputs: changed };
    t.deepEqual(await sparkRun.diff(change, CONTEXT), {
        properties: ["conf", "launcher"],
        reason: "runs nothing now: counts from the next run on",
    });
    t.deepEqual(await sparkRun.planned(changed, change), OUTPUTS);
    t.is(await sparkRun.update(change, CONTEXT), OUTPUTS);
});

test("the reasons name the changed inputs, and the removed and added arguments", (t) => {
    const changed = {
        ...INPUTS,
        args: ["--lake", "file:///l", "--test-fraction", "0.3"],
        triggers: { data: "d2", script: "s1" },
    };
    t.deepEqual(changedCauses(INPUTS, changed), ["data changed", "arguments changed (0.2 → 0.3)"]);
});

test("the reasons name the files that were added, changed or removed, with their months", (t) => {
    const before = {
        ...INPUTS,
        triggers: { "a.csv": "d1 2013-01", "b.csv": "d2 2013-02", "c.csv": "d3 2013-03" },
    };
    const after = { ...INPUTS, triggers: { "b.csv": "d4 2013-02", "c.csv": "d5 2013-04", "d.csv": "d6" } };
    t.deepEqual(changedCauses(before, after).sort(), [
        "a.csv removed (2013-01)",
        "b.csv changed (2013-02)",
        "c.csv changed (2013-03 → 2013-04)",
        "d.csv added",
    ]);
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`${n}.csv`, "d"]));
    const reasons = changedCauses({ ...INPUTS, triggers: {} }, { ...INPUTS, triggers: many });
    t.is(reasons.length, 8);
    t.is(reasons.at(-1), "13 more inputs changed");
});

test("a run with completely unknown inputs differs without a reason for people", async (t) => {
    const unknown = { ...INPUTS, args: UNKNOWN, triggers: UNKNOWN } as unknown as SparkRunInputs;
    const change = { id: "train", oldInputs: INPUTS, oldOutputs: OUTPUTS, inputs: unknown };
    t.deepEqual(await sparkRun.diff(change, CONTEXT), { properties: ["args", "triggers"] });
});

test("a preview knows the id of the next run unless its inputs are unknown", async (t) => {
    const change = { id: "train", oldInputs: INPUTS, oldOutputs: OUTPUTS };
    const known = { ...INPUTS, triggers: { data: "d2", script: "s1" } };
    t.deepEqual(await sparkRun.planned(known, { ...change, inputs: known }), { runId: runIdOf(known) });
    const unknown = { ...INPUTS, triggers: { data: UNKNOWN, script: "s1" } };
    t.deepEqual(await sparkRun.planned(unknown, { ...change, inputs: unknown }), {});
});

test("secrets among arguments, properties and triggers are refused, and so is a wrong name", (t) => {
    const failures = sparkRun.check({ ...INPUTS, job: "Train it" }, new Set(["args", "conf", "triggers"]));
    t.deepEqual(
        failures.map(({ property }) => property),
        ["job", "args", "conf", "triggers"],
    );
    t.deepEqual(sparkRun.check(INPUTS, new Set()), []);
});

for (const [what, latest, reasons] of [
    ["the run that the state knows", { runId: OUTPUTS.runId, outcome: { state: "succeeded" } }, []],
    ["a failure", { runId: "train-2", outcome: { state: "failed" } }, ["its last run failed"]],
    [
        "a repetition that failed",
        { runId: OUTPUTS.runId, outcome: { state: "failed" } },
        ["its last run failed"],
    ],
    ["cancelled", { runId: "train-2", outcome: { state: "cancelled" } }, ["its last run was cancelled"]],
    ["not settled", { runId: "train-2" }, ["its last run was interrupted"]],
    [
        "a success that never reached the state",
        { runId: "train-2", outcome: { state: "succeeded" } },
        ["its results are those of another run"],
    ],
] as const) {
    test(`with no input changed and the last run ${what}: ${reasons[0] ?? "nothing to do"}`, async (t) => {
        const runsDir = folder(t);
        writeFileSync(join(runsDir, "train.json"), JSON.stringify(latest));
        const inputs = { ...INPUTS, launcher: { ...INPUTS.launcher, runsDir } };
        const change = { id: "train", oldInputs: inputs, oldOutputs: OUTPUTS, inputs };
        t.deepEqual(await reasonsToRun(change), [...reasons]);
    });
}
