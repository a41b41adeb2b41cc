import type * as pulumi from "@pulumi/pulumi";
import type { DataPlatform } from "../components/platform.ts";
import type { SparkRun } from "../provider/sdk/sparkRun.ts";
import type { Pipeline } from "./pipeline.ts";

/** What `pulumi stack output` shows: the answers, and where everything is. */
export function stackOutputs(platform: DataPlatform, { ingest, load, analyze, train }: Pipeline) {
    return {
        ingest: ingest.metrics,
        load: load.metrics,
        analysis: analyze.metrics,
        model: train.metrics,
        lake: platform.lake,
        endpoints: platform.endpoints,
        runs: { ingest: run(ingest), load: run(load), analyze: run(analyze), train: run(train) },
    };
}

function run({ runId, seconds, log }: SparkRun): Record<string, pulumi.Output<unknown>> {
    return { id: runId, seconds, log };
}
