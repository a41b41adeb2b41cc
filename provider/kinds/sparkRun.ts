import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { launcherFor } from "../launchers/index.ts";
import type { LauncherConfig } from "../launchers/launcher.ts";
import { wrongResults } from "../launchers/results.ts";
import { runToEnd } from "../launchers/run.ts";
import type { Change, Context, Difference, Failure, ResourceKind } from "../rpc/kind.ts";
import { changedKeys, hasUnknown, UNKNOWN } from "../rpc/values.ts";
import type { JsonSchema, Work } from "../sdk/work.ts";

export interface SparkRunInputs extends Work {
    triggers: Record<string, string>;
    /** What the job has to report of its work. */
    results: JsonSchema;
    launcher: LauncherConfig;
}

export interface SparkRunOutputs {
    runId: string;
    metrics: Record<string, unknown>;
    seconds: number;
    startedAt: string;
    log: string;
}

/** What makes a run's results: a change in any of these, and in nothing else, runs the job again. */
const CAUSES = ["job", "script", "args", "triggers"] as const;

const ENDED = { succeeded: "succeeded", failed: "failed", cancelled: "was cancelled" };

/** A PySpark application that has run to its end. */
export const sparkRun: ResourceKind<SparkRunInputs, SparkRunOutputs> = {
    outputs: ["runId", "metrics", "seconds", "startedAt", "log"],

    check(inputs, secrets): Failure[] {
        const failures: Failure[] = [];
        if (!/^[a-z][a-z0-9-]{0,39}$/.test(inputs.job)) {
            failures.push({
                property: "job",
                reason: `"${inputs.job}" has to be 1 to 40 lower-case letters, digits and hyphens, a letter first`,
            });
        }
        // Arguments show in the process list, properties in Spark's pages; both stand in the state.
        for (const property of ["args", "conf", "triggers"].filter((name) => secrets.has(name))) {
            failures.push({
                property,
                reason: "holds a secret, which would be readable in the process list: pass it in a file instead",
            });
        }
        return failures;
    },

    async diff(change): Promise<Difference | undefined> {
        const properties = changedKeys(change.oldInputs, change.inputs);
        // Before it replaces what a job depends on, the engine asks what the job would be if all that comes from there were
        // unknown. It asks again with what it then knows, and that answer is for people.
        if (CAUSES.some((cause) => change.inputs[cause] === UNKNOWN)) {
            return { properties };
        }
        const reasons = await reasonsToRun(change);
        if (reasons.length > 0) {
            const stale = properties.length === 0 ? ["runId"] : properties;
            return { properties: stale, reason: `runs again: ${reasons.join(", ")}` };
        }
        return properties.length > 0
            ? { properties, reason: "runs nothing now: counts from the next run on" }
            : undefined;
    },

    async planned(inputs, change): Promise<Partial<SparkRunOutputs>> {
        if (change && (await reasonsToRun(change)).length === 0) {
            return change.oldOutputs;
        }
        return hasUnknown(CAUSES.map((cause) => inputs[cause])) ? {} : { runId: runIdOf(inputs) };
    },

    async create(inputs, context) {
        const outputs = await run(inputs, context);
        return { id: inputs.job, outputs };
    },

    async read(id, outputs, inputs) {
        // Whether the run still stands is for `diff` to say: only where nothing is known of the job it has to be made anew.
        return (await launcherFor(inputs.launcher).find(id)) ? outputs : undefined;
    },

    async update(change: Change<SparkRunInputs, SparkRunOutputs>, context) {
        return (await reasonsToRun(change)).length > 0 ? run(change.inputs, context) : change.oldOutputs;
    },

    async delete(id, _outputs, inputs) {
        const launcher = launcherFor(inputs.launcher);
        const latest = await launcher.find(id);
        if (latest && !latest.outcome) {
            await launcher.cancel(latest);
        }
        await launcher.forget(id);
    },
};

/**
 * Why a job has to run again, each reason in a few words; empty where nothing that makes its results has changed and no
 * later run may have touched them.
 */
export async function reasonsToRun(change: Change<SparkRunInputs, SparkRunOutputs>): Promise<string[]> {
    const reasons = changedCauses(change.oldInputs, change.inputs);
    if (reasons.length > 0) {
        return reasons;
    }
    const wrong = await newlyWrong(change);
    if (wrong.length > 0) {
        return [`in its results ${wrong.join(", ")}`];
    }
    const latest = await launcherFor(change.oldInputs.launcher).find(change.oldInputs.job);
    if (latest && latest.outcome?.state !== "succeeded") {
        return [
            latest.outcome ? `its last run ${ENDED[latest.outcome.state]}` : "its last run was interrupted",
        ];
    }
    return latest && latest.runId !== change.oldOutputs.runId ? ["its results are those of another run"] : [];
}

/** What the results lack since more is asked of them; they were checked against the contract that they came under. */
async function newlyWrong({ oldInputs, inputs, oldOutputs }: Change<SparkRunInputs, SparkRunOutputs>) {
    if (isDeepStrictEqual(oldInputs.results, inputs.results)) {
        return [];
    }
    return wrongResults(inputs.results, oldOutputs.metrics);
}

/** Content-derived: equal for equal work. `launcher` and `conf` say where and how fast, not what. */
export function runIdOf(inputs: SparkRunInputs): string {
    const work = JSON.stringify(CAUSES.map((cause) => sorted(inputs[cause])));
    return `${inputs.job}-${createHash("sha256").update(work).digest("hex").slice(0, 12)}`;
}

/** What has changed of that which makes a run's results, each in a few words. */
export function changedCauses(before: SparkRunInputs, after: SparkRunInputs): string[] {
    const reasons = changedKeys(before.triggers, after.triggers).map((trigger) => `${trigger} changed`);
    if (before.script !== after.script) {
        reasons.push("another script");
    }
    if (changedKeys(before.args, after.args).length > 0) {
        const gone = before.args.filter((arg) => !after.args.includes(arg)).join(" ");
        const added = after.args.filter((arg) => !before.args.includes(arg));
        const now = hasUnknown(added) ? "not known yet" : added.join(" ");
        reasons.push(`arguments changed (${gone || "nothing"} → ${now || "nothing"})`);
    }
    return reasons;
}

async function run(inputs: SparkRunInputs, context: Context): Promise<SparkRunOutputs> {
    const { job, script, args, conf, uses, results, launcher } = inputs;
    const submission = { runId: runIdOf(inputs), job, script, args, conf, uses, results };
    const { run, outcome } = await runToEnd(launcherFor(launcher), submission, context);
    return {
        runId: run.runId,
        metrics: outcome.metrics,
        seconds: outcome.seconds,
        startedAt: run.startedAt,
        log: run.log,
    };
}

/** Keys in one order, so that equal records give equal text. */
function sorted(value: unknown): unknown {
    return typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value;
}
