// The whole stack with Serverless batches in the cluster's place, told with small jobs: see lightJobs.ts.
import test from "ava";
import { PROJECT } from "../../fake-google/provider/types.ts";
import { useLightJobs } from "../lightJobs.ts";
import { BucketSignals, jobsOf, type Stage, setStage } from "./stage.ts";

/** What Cloud Build makes; its version tells its content. */
const IMAGE = new RegExp(`^europe-west2-docker\\.pkg\\.dev/${PROJECT}/london-power-gcp/spark:[0-9a-f]{16}$`);

let stage: Stage;
test.before(async () => {
    stage = await setStage({ compute: "serverless" });
    await stage.google.storage.makeBucket("signals");
    useLightJobs(stage.project, undefined, new BucketSignals(stage.google));
});
test.after.always(() => stage?.dispose());

test.serial("a preview shows the whole platform, and no cluster", async (t) => {
    const { code, output } = await stage.project.pulumi("preview", "--json");
    t.is(code, 0, output);
    const { steps } = JSON.parse(output.slice(output.indexOf("{")));
    const types: string[] = steps.map(({ newState }: { newState: { type: string } }) => newState.type);
    for (const type of [
        "storage/bucket:Bucket",
        "compute/subnetwork:Subnetwork",
        "bigquery/dataset:Dataset",
    ]) {
        t.true(types.includes(`gcp:${type}`), type);
    }
    t.is(types.filter((type) => type === "london-power:spark:SparkRun").length, 5);
    t.deepEqual(
        types.filter((type) => /:(Cluster|AutoscalingPolicy)$/.test(type)),
        [],
    );
});

test.serial("up has Cloud Build make an image, and runs the jobs in it as batches", async (t) => {
    await stage.project.up();
    const { batches } = JSON.parse(await jobsOf(stage, "batches"));
    const ran = batches.map(({ labels, state, runtimeConfig }: Record<string, Record<string, string>>) => [
        labels?.["london-power-job"],
        ...[state, IMAGE.test(runtimeConfig?.containerImage ?? "")],
    ]);
    t.deepEqual(
        ran.sort(),
        ["analyze", "ingest", "load", "report", "train"].map((job) => [job, "SUCCEEDED", true]),
    );
    t.deepEqual(JSON.parse(await jobsOf(stage)).jobs, []);
});
