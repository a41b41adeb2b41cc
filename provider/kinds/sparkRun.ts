import { createHash } from "node:crypto";
import { launcherFor } from "../launchers/index.ts";
import type { LauncherConfig } from "../launchers/launcher.ts";
import { runToEnd } from "../launchers/run.ts";
import type { Change, Context, Difference, Failure, ResourceKind } from "../rpc/kind.ts";
import { changedKeys, hasUnknown } from "../rpc/values.ts";

export interface SparkRunInputs {
    job: string;
    script: string;
    args: string[];
    triggers: Record<string, string>;
    conf: Record<string, string>;
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

    async diff({ oldInputs, inputs }): Promise<Difference | undefined> {
        const properties = changedKeys(oldInputs, inputs);
        if (properties.length === 0) {
            return undefined;
        }
        const reasons = reasonsToRun(oldInputs, inputs);
        return { properties, reason: reasons.length > 0 ? `runs again: ${reasons.join(", ")}` : undefined };
    },

    planned(inputs, change): Partial<SparkRunOutputs> {
        if (change && reasonsToRun(change.oldInputs, inputs).length === 0) {
            return change.oldOutputs;
        }
        return hasUnknown(CAUSES.map((cause) => inputs[cause])) ? {} : { runId: runIdOf(inputs) };
    },

    async create(inputs, context) {
        const outputs = await run(inputs, context);
        return { id: inputs.job, outputs };
    },

    async read(id, outputs, inputs) {
        const latest = await launcherFor(inputs.launcher).find(id);
        return latest?.outcome?.state === "succeeded" && latest.runId === outputs.runId ? outputs : undefined;
    },

    async update(change: Change<SparkRunInputs, SparkRunOutputs>, context) {
        const { oldInputs, oldOutputs, inputs } = change;
        return reasonsToRun(oldInputs, inputs).length > 0 ? run(inputs, context) : oldOutputs;
    },

    async delete(id, outputs, _context) {
        const { launcher: config } = outputs as unknown as SparkRunInputs;
        const launcher = launcherFor(config);
        const latest = await launcher.find(id);
        if (latest && !latest.outcome) {
            await launcher.cancel(latest);
        }
        await launcher.forget(id);
    },
};

/** Content-derived: equal for equal work. `launcher` and `conf` say where and how fast, not what. */
export function runIdOf(inputs: SparkRunInputs): string {
    const work = JSON.stringify(CAUSES.map((cause) => sorted(inputs[cause])));
    return `${inputs.job}-${createHash("sha256").update(work).digest("hex").slice(0, 12)}`;
}

/** Why a job has to run again, each in a few words; empty where nothing that makes its results has changed. */
export function reasonsToRun(before: SparkRunInputs, after: SparkRunInputs): string[] {
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
    const { job, script, args, conf, launcher } = inputs;
    const submission = { runId: runIdOf(inputs), job, script, args, conf };
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
