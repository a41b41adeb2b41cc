import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { launcherFor } from "../launchers/index.ts";
import { wrongResults } from "../launchers/results.ts";
import { runToEnd } from "../launchers/run.ts";
import type { Change, Context, Difference, Failure, ResourceKind } from "../rpc/kind.ts";
import { changedKeys, hasUnknown, UNKNOWN } from "../rpc/values.ts";
import type { LauncherConfig } from "../sdk/launcherConfig.ts";
import type { JsonSchema, Work } from "../sdk/work.ts";

export interface SparkRunInputs extends Work {
    triggers: Record<string, string>;
    /** JSON Schema of the metrics that the job has to report. */
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

/** The inputs of a run: a change of one of these, and of nothing else, runs the job again. */
const CAUSES = ["job", "script", "args", "triggers"] as const;

/** The most triggers that a reason names. */
const MOST_TRIGGERS = 8;

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
        // Arguments are visible in the process list, properties in Spark's pages, and both in the state.
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
        // Before the engine replaces a dependency of the job, it asks with unknown values. It asks again when they are known,
        // and shows people only that answer.
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
        // `diff` decides whether the run is still valid. A job without any record has to run again.
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
 * Returns the reasons why a job has to run again, in a few words each; empty if its inputs are unchanged and no later run may
 * have changed its results.
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

/** Describes what the metrics lack for a new contract; they were checked against the contract of their time. */
async function newlyWrong({ oldInputs, inputs, oldOutputs }: Change<SparkRunInputs, SparkRunOutputs>) {
    if (isDeepStrictEqual(oldInputs.results, inputs.results)) {
        return [];
    }
    return wrongResults(inputs.results, oldOutputs.metrics);
}

/** The run's id: equal for equal inputs. `launcher` and `conf` are no inputs; they change where and how fast it runs. */
export function runIdOf(inputs: SparkRunInputs): string {
    const work = JSON.stringify(CAUSES.map((cause) => sorted(inputs[cause])));
    return `${inputs.job}-${createHash("sha256").update(work).digest("hex").slice(0, 12)}`;
}

/** Describes the changed inputs of a run, in a few words each. */
export function changedCauses(before: SparkRunInputs, after: SparkRunInputs): string[] {
    const reasons = changedTriggers(before.triggers, after.triggers);
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

/** Describes each changed trigger, with what stands in its value after the digest. */
function changedTriggers(before: Record<string, string>, after: Record<string, string>): string[] {
    const changed = changedKeys(before, after);
    const shown = changed.length > MOST_TRIGGERS ? changed.slice(0, MOST_TRIGGERS - 1) : changed;
    const reasons = shown.map((trigger) => {
        const values = [before[trigger], after[trigger]].filter((value) => value !== undefined);
        const notes = new Set(values.map((value) => value.split(" ").slice(1).join(" ")).filter(Boolean));
        const verb = values.length === 2 ? "changed" : trigger in after ? "added" : "removed";
        return `${trigger} ${verb}${notes.size > 0 ? ` (${[...notes].join(" → ")})` : ""}`;
    });
    const more = changed.length - shown.length;
    return more > 0 ? [...reasons, `${more} more inputs changed`] : reasons;
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

/** Sorts the keys, so that equal records give equal text. */
function sorted(value: unknown): unknown {
    return typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value;
}
