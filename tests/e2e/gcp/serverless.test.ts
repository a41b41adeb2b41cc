// The whole stack with Serverless batches instead of a cluster, with small jobs: see lightJobs.ts.
import { setTimeout as sleep } from "node:timers/promises";
import test from "ava";
import { SCHEDULE_LABEL } from "../../../provider/sdk/googleDriver.ts";
import { PROJECT } from "../../fake-google/provider/types.ts";
import { nothingChanges } from "../answers.ts";
import { useLightJobs } from "../lightJobs.ts";
import { BucketSignals, inventory, jobsOf, type Stage, setStage } from "./stage.ts";

/** The image that Cloud Build builds; its version is the digest of its content. */
const IMAGE = new RegExp(`^europe-west2-docker\\.pkg\\.dev/${PROJECT}/london-power-gcp/spark:[0-9a-f]{16}$`);

let stage: Stage;
test.before(async () => {
    stage = await setStage({ compute: "serverless", schedule: "0 3 * * *" });
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
        state,
        IMAGE.test(runtimeConfig?.containerImage ?? ""),
    ]);
    t.deepEqual(
        ran.sort(),
        ["analyze", "ingest", "load", "report", "train"].map((job) => [job, "SUCCEEDED", true]),
    );
    t.deepEqual(JSON.parse(await jobsOf(stage)).jobs, []);
});

test.serial("Google keeps what Serverless batches by a schedule need, and nothing else", (t) => {
    t.deepEqual(inventory(stage), {
        datasets: 1,
        firewalls: 1,
        instances: 1,
        jobs: 1,
        networks: 1,
        repositories: 1,
        roles: 2,
        routers: 1,
        secrets: 2,
        serviceAccounts: 4,
        subnetworks: 1,
        tables: 5,
        workflows: 1,
    });
});

test.serial(
    "the clock's workflow runs the same jobs as batches, each after those that it follows",
    async (t) => {
        const place = `${stage.google.url}/v1/projects/${PROJECT}/locations/europe-west2`;
        const answer = await fetch(`${place}/jobs/london-power-gcp:run`, { method: "POST" });
        t.deepEqual(((await answer.json()) as { status: object }).status, {});
        const execution = async () => {
            const { executions } = (await (
                await fetch(`${place}/workflows/london-power-gcp/executions`)
            ).json()) as { executions: { state: string; error?: object }[] };
            return executions[0];
        };
        while ((await execution())?.state === "ACTIVE") {
            await sleep(500);
        }
        t.like(await execution(), { state: "SUCCEEDED" }, JSON.stringify(await execution()));
        const { batches } = JSON.parse(await jobsOf(stage, "batches"));
        const byTheClock = batches.filter(
            ({ labels }: { labels: Record<string, string> }) => SCHEDULE_LABEL in labels,
        );
        t.deepEqual(
            byTheClock.map(({ labels, state }: { labels: Record<string, string>; state: string }) => [
                labels["london-power-job"],
                state,
            ]),
            ["ingest", "load", "analyze", "train", "report"].map((job) => [job, "SUCCEEDED"]),
        );
    },
);

test.serial("a second up and a refresh find nothing to do, and destroy leaves nothing", async (t) => {
    const { project, google } = stage;
    await nothingChanges(t, project);
    const destroyed = await project.pulumi("destroy", "--yes", "--skip-preview");
    t.is(destroyed.code, 0, destroyed.output);
    t.deepEqual(google.made, []);
});
