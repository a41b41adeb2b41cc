import type { DataPlatform } from "../components/common/platform.ts";
import type { Runs } from "../components/common/runs.ts";
import type { SparkRun } from "../provider/sdk/sparkRun.ts";

type Outputs = Record<string, unknown>;

/** Returns the stack's outputs: the answers of the jobs, all addresses, and the runs. */
export function stackOutputs(platform: DataPlatform, runs: Runs): Outputs {
    const { lake, endpoints, warehouse, logins, credentials, notebook } = platform;
    const summaries = runs.byJob.map(([{ name }, run]) => [name, summary(run)]);
    // Pulumi warns of outputs that are undefined: those that the target does not have are left out.
    const offered = Object.entries({ endpoints, warehouse, logins, credentials, notebook });
    let outputs: Outputs = Object.fromEntries(offered.filter(([, value]) => value !== undefined));
    outputs.paths = { lake };
    outputs.runs = Object.fromEntries(summaries);
    const addressOf = (uri: string) => platform.addressOf(uri);
    for (const [job, run] of runs.byJob) {
        outputs = merged(outputs, job.results.outputs(run.metrics, addressOf));
    }
    return outputs;
}

function summary({ runId, seconds, log }: SparkRun) {
    return { id: runId, seconds, log };
}

/** Merges outputs; groups of the same name become one group. */
function merged(all: Outputs, more: Outputs): Outputs {
    const both = { ...all };
    for (const [name, value] of Object.entries(more)) {
        const before = all[name];
        both[name] = isGroup(before) && isGroup(value) ? { ...before, ...value } : value;
    }
    return both;
}

function isGroup(value: unknown): value is Outputs {
    return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
