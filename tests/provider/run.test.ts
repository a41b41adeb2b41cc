// What is decided about a run, with a launcher that only plays the part; the real ones have their stories in tests/e2e.
import test from "ava";
import type { Ending, Launcher, Outcome, Run, Submission } from "../../provider/launchers/launcher.ts";
import { runToEnd } from "../../provider/launchers/run.ts";
import { contextWith } from "./context.ts";

const SUBMISSION: Submission = {
    runId: "count-1",
    job: "count",
    script: "count.py",
    args: [],
    conf: {},
    uses: [],
    results: {},
};
const RESULT = '::london-power:: {"event":"result","metrics":{"rows":3}}';
const ERROR = '::london-power:: {"event":"error","type":"ValueError","message":"no rows"}';

/** Says given lines, ends as given, and notes what is asked of it. */
class PlayedLauncher implements Launcher {
    readonly asked: string[] = [];
    latest: Run | undefined;
    lines = [RESULT];
    ending: Ending = { code: 0, text: "exit code 0" };

    async find() {
        return this.latest;
    }
    async submit({ runId, job }: Submission) {
        this.asked.push(`submit ${runId}`);
        this.latest = runOf(runId, job);
        return this.latest;
    }
    async follow(_run: Run, onLine: (line: string) => void, signal: AbortSignal) {
        for (const line of this.lines) {
            signal.throwIfAborted();
            onLine(line);
        }
        return this.ending;
    }
    async cancel({ runId }: Run) {
        this.asked.push(`cancel ${runId}`);
    }
    async settle({ runId }: Run, { state }: Outcome) {
        this.asked.push(`settle ${runId} ${state}`);
    }
    async forget() {}
}

test("a run that reports its result and exits with 0 has succeeded", async (t) => {
    const launcher = new PlayedLauncher();
    const { outcome } = await runToEnd(launcher, SUBMISSION, contextWith());
    t.deepEqual(outcome.metrics, { rows: 3 });
    t.deepEqual(launcher.asked, ["submit count-1", "settle count-1 succeeded"]);
});

for (const [what, lines, ending, message] of [
    [
        "says an error",
        ["trace", ERROR],
        { code: 1, text: "exit code 1" },
        /^count failed: ValueError: no rows\n.*exit code 1\n.*\nlast.*\n {2}trace$/,
    ],
    [
        "ends cleanly without a result",
        [],
        { code: 0, text: "exit code 0" },
        /the driver ended without a result/,
    ],
    ["is killed after its result", [RESULT], { code: -1, text: "killed by SIGKILL" }, /killed by SIGKILL/],
    ["says half a result", [RESULT.slice(0, -4)], { code: 0, text: "exit code 0" }, /without a result/],
] as [string, string[], Ending, RegExp][]) {
    test(`a run that ${what} has failed`, async (t) => {
        const launcher = Object.assign(new PlayedLauncher(), { lines, ending });
        await t.throwsAsync(runToEnd(launcher, SUBMISSION, contextWith()), { message });
        t.is(launcher.asked.at(-1), "settle count-1 failed");
    });
}

test("a finished run of the same work is adopted, and a run of other work is not", async (t) => {
    const launcher = new PlayedLauncher();
    launcher.latest = {
        ...runOf("count-1"),
        outcome: { state: "succeeded", metrics: { rows: 9 }, seconds: 1 },
    };
    t.deepEqual((await runToEnd(launcher, SUBMISSION, contextWith())).outcome.metrics, { rows: 9 });
    t.deepEqual(launcher.asked, []);
    await runToEnd(launcher, { ...SUBMISSION, runId: "count-2" }, contextWith());
    t.is(launcher.asked[0], "submit count-2");
});

const ROWS = { type: "object", properties: { rows: { type: "integer" } }, required: ["rows"] };

for (const [what, required, message] of [
    ["lacks a key of its contract", ["rows", "households"], /count failed: [^\n]*: households is missing\./],
    [
        "has a key in another form",
        ["rows"],
        /count failed: [^\n]*: rows is 3: Invalid input: expected string/,
    ],
] as const) {
    test(`a run whose report ${what} has failed, and the key is named`, async (t) => {
        const properties = {
            rows: { type: what.includes("form") ? "string" : "integer" },
            households: { type: "integer" },
        };
        const launcher = new PlayedLauncher();
        const submission = {
            ...SUBMISSION,
            results: { type: "object", properties, required: [...required] },
        };
        await t.throwsAsync(runToEnd(launcher, submission, contextWith()), { message });
        t.deepEqual(launcher.asked, ["submit count-1", "settle count-1 failed"]);
    });
}

test("a report may have more keys than its contract", async (t) => {
    const submission = { ...SUBMISSION, results: ROWS };
    t.is((await runToEnd(new PlayedLauncher(), submission, contextWith())).outcome.state, "succeeded");
});

test("a finished run whose report violates the contract is not adopted", async (t) => {
    const launcher = new PlayedLauncher();
    launcher.latest = { ...runOf("count-1"), outcome: { state: "succeeded", metrics: {}, seconds: 1 } };
    await runToEnd(launcher, { ...SUBMISSION, results: ROWS }, contextWith());
    t.is(launcher.asked[0], "submit count-1");
});

test("a failed run of the same work is started again", async (t) => {
    const launcher = new PlayedLauncher();
    launcher.latest = { ...runOf("count-1"), outcome: { state: "failed", metrics: {}, seconds: 1 } };
    await runToEnd(launcher, SUBMISSION, contextWith());
    t.is(launcher.asked[0], "submit count-1");
});

test("a current run of the same work is followed, and a current run of other work is stopped first", async (t) => {
    const launcher = new PlayedLauncher();
    launcher.latest = runOf("count-1");
    await runToEnd(launcher, SUBMISSION, contextWith());
    t.deepEqual(launcher.asked, ["settle count-1 succeeded"]);
    launcher.latest = runOf("count-1");
    await runToEnd(launcher, { ...SUBMISSION, runId: "count-2" }, contextWith());
    t.deepEqual(launcher.asked.slice(1, 3), ["cancel count-1", "submit count-2"]);
});

test("a run that failed while nobody watched is started again", async (t) => {
    const launcher = new PlayedLauncher();
    launcher.latest = runOf("count-1");
    launcher.lines = [];
    await t.throwsAsync(runToEnd(launcher, SUBMISSION, contextWith()));
    t.deepEqual(launcher.asked, ["settle count-1 failed", "submit count-1", "settle count-1 failed"]);
});

test("a cancelled run is stopped and settled as cancelled", async (t) => {
    const controller = new AbortController();
    const launcher = new PlayedLauncher();
    launcher.lines = ["", RESULT];
    const context = contextWith({
        signal: controller.signal,
        progress: () => controller.abort(new Error("cancelled")),
    });
    await t.throwsAsync(runToEnd(launcher, SUBMISSION, context), {
        message: /count was stopped: cancelled/,
    });
    t.deepEqual(launcher.asked, ["submit count-1", "cancel count-1", "settle count-1 cancelled"]);
});

test("progress shows stage, percent and tasks, and the last lines contain no INFO of Spark", async (t) => {
    const said: string[] = [];
    const launcher = new PlayedLauncher();
    launcher.lines = [
        '::london-power:: {"event":"progress","stage":"write","done":9,"total":40}',
        '::london-power:: {"event":"progress","stage":"sort","done":0,"total":0}',
        "26/11/22 18:39:55 INFO SparkContext: nothing of interest",
        "26/11/22 18:39:55 WARN SparkContext: of interest",
    ];
    const error = await t.throwsAsync(
        runToEnd(launcher, SUBMISSION, contextWith({ progress: (message) => said.push(message) })),
    );
    t.deepEqual(said, ["starting Spark", "write 22% (9/40 tasks)", "sort"]);
    t.notRegex(error.message, /nothing of interest/);
    t.regex(error.message, /WARN SparkContext: of interest/);
});

function runOf(runId: string, job = "count"): Run {
    return { runId, job, startedAt: new Date().toISOString(), log: "/log" };
}
