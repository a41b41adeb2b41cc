// Drivers as Serverless batches, and what they have in common with jobs of a cluster. The server in place of Google's really runs
// them. gcp.test.ts has the stories of a cluster's jobs.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import test from "ava";
import { filesUnder } from "../../../components/common/digest.ts";
import { bucketFiles } from "../../../provider/kinds/bucketFiles.ts";
import { runsEnded } from "../../../provider/kinds/runsEnded.ts";
import { launcherFor } from "../../../provider/launchers/index.ts";
import type { Submission } from "../../../provider/launchers/launcher.ts";
import { runToEnd } from "../../../provider/launchers/run.ts";
import { batchOf, SCHEDULE_LABEL } from "../../../provider/sdk/googleDriver.ts";
import type {
    DataprocLauncherConfig,
    LauncherConfig,
    ServerlessLauncherConfig,
} from "../../../provider/sdk/launcherConfig.ts";
import { FakeGoogle } from "../../fake-google/server.ts";
import { contextWith } from "../../provider/context.ts";

const RUN_BATCH = JSON.parse(readFileSync("components/gcp/workflows/runBatch.json", "utf8"));
const BUCKET = "platform";
const CONF = { "spark.londonPower.test": "from the platform" };
const JOB = `
import sys, time
from london_power.common.job import Arguments, main

def work(job):
    job.stage("sleep")
    time.sleep(float(job.arguments.sleep))
    print("last words, " + "and more of them " * 4000)
    if job.arguments.fail:
        raise ValueError(job.arguments.fail)
    return {"modules": len([m for m in sys.modules if m.startswith("london_power")]),
            "conf": job.spark.conf.get("spark.londonPower.test")}

arguments = Arguments()
arguments.add_argument("--sleep", default="0")
arguments.add_argument("--fail")
main("count", arguments, work)
`;

let google: FakeGoogle;
let folder: string;
let configs: Record<"dataproc" | "serverless", LauncherConfig>;
test.before(async () => {
    google = await FakeGoogle.start();
    folder = mkdtempSync(join(tmpdir(), "london-power-"));
    await google.storage.makeBucket(BUCKET);
    const config = {
        gceClusterConfig: { serviceAccount: "jobs@p.iam.gserviceaccount.com" },
        softwareConfig: { imageVersion: "2.2-debian12" },
    };
    await fetch(`${google.url}/v1/projects/p/regions/europe-west2/clusters`, {
        method: "POST",
        body: JSON.stringify({ clusterName: "spark", projectId: "p", config }),
    });
    const scripts = await uploadScripts();
    const common = {
        project: "p",
        region: "europe-west2",
        bucket: BUCKET,
        stack: "test",
        scripts,
        labels: { stack: "test" },
        endpoint: google.url,
    };
    configs = {
        dataproc: { kind: "dataproc", ...common, cluster: "spark", workflow: "spark" },
        serverless: {
            kind: "serverless",
            ...common,
            runtime: "2.2",
            image: "",
            workflow: "clock",
            kmsKey: "",
            subnetwork: "subnets/s",
            serviceAccount: "jobs@p.iam.gserviceaccount.com",
        },
    };
});
test.after.always(() => {
    google?.stop();
    rmSync(folder, { recursive: true, force: true });
});

test.serial("a driver runs with the shared package, and its result is found again", async (t) => {
    const said: string[] = [];
    const context = contextWith({ progress: (line) => said.push(line), info: (line) => said.push(line) });
    const { run, outcome } = await runToEnd(launcherFor(configs.serverless), submission(), context);
    t.is(outcome.metrics.conf, "from the platform");
    t.true((outcome.metrics.modules as number) > 2);
    t.true(said.includes("sleep"), `${said}`);
    // Another process, as another machine would be, finds it.
    const again = await runToEnd(launcherFor(configs.serverless), submission(), context);
    t.deepEqual(again.run, { ...run, outcome });
    t.regex(`${said.at(-1)}`, /had succeeded already: adopted, not run again/);
});

test.serial("a failed run shows its cause and the driver's last lines", async (t) => {
    const failing = submission("--fail", "no rows");
    const error = await t.throwsAsync(runToEnd(launcherFor(configs.serverless), failing, contextWith()));
    t.regex(error.message, /count failed: ValueError: no rows\nrun count-2: Dataproc says FAILED: \w+/);
    t.regex(error.message, /raise ValueError/);
    t.is((await launcherFor(configs.serverless).find("count"))?.outcome?.state, "failed");
});

test.serial("a cancelled run is stopped", async (t) => {
    const controller = new AbortController();
    const context = contextWith({
        signal: controller.signal,
        progress: (line) => line === "sleep" && controller.abort(new Error("cancelled")),
    });
    const launcher = launcherFor(configs.serverless);
    const run = runToEnd(launcher, submission("--sleep", "600"), context);
    await t.throwsAsync(run, { message: /was stopped: cancelled/ });
    const found = await launcher.find("count");
    t.is(found?.outcome?.state, "cancelled");
    t.regex(await (await fetch(`${found?.log}`)).text(), /"state":"CANCELLED"/);
    await launcher.forget("count");
    t.is(await launcher.find("count"), undefined);
});

test.serial("a run that was recorded and never submitted is submitted by the next up", async (t) => {
    const lost = submission("--sleep", "0.1");
    const startedAt = new Date(Date.now() - 60_000).toISOString();
    const record = { ...lost, startedAt, log: "", id: "never-came" };
    const name = `runs/test/${lost.job}/run.json`;
    await google.storage.write(BUCKET, name, Buffer.from(JSON.stringify(record)));
    const { run } = await runToEnd(launcherFor(configs.dataproc), lost, contextWith());
    t.not(run.startedAt, startedAt);
});

test.serial("a run of a deployment ends what the clock has started, before and meanwhile", async (t) => {
    await startByTheClock("clock-1");
    const meanwhile = contextWith({
        progress: (line) => line === "sleep" && void startByTheClock("clock-2"),
    });
    // Another number of words, another run: those before it are done.
    const deployed = submission("--sleep", "8", "--fail", "");
    const { outcome } = await runToEnd(launcherFor(configs.dataproc), deployed, meanwhile);
    t.is(outcome.state, "succeeded");
    const states = (await jobs()).map(({ reference, status }) => [reference.jobId, status.state]);
    t.deepEqual(Object.fromEntries(states.filter(([id]) => `${id}`.startsWith("clock"))), {
        "clock-1": "CANCELLED",
        "clock-2": "CANCELLED",
    });
});

test.serial(
    "a batch of a deployment ends the workflow that the clock has started, and its batch",
    async (t) => {
        const config = configs.serverless as ServerlessLauncherConfig;
        const work = { script: "jobs/pyspark/count.py", args: ["--sleep", "600"], conf: CONF };
        const labels = { ...config.labels, [SCHEDULE_LABEL]: "clock" };
        const batches = `${google.url}/v1/projects/p/locations/europe-west2/batches`;
        const args = { batches, job: "count", batch: batchOf(config, work, "count-scheduled", labels) };
        const workflows = "/v1/projects/p/locations/europe-west2/workflows";
        await post(`${workflows}?workflowId=clock`, {
            serviceAccount: "scheduler@p.iam.gserviceaccount.com",
            sourceContents: JSON.stringify({
                main: {
                    steps: [{ first: { call: "runBatch", args } }, { second: { call: "runBatch", args } }],
                },
                runBatch: RUN_BATCH,
            }),
        });
        await post(`${workflows}/clock/executions`, {});
        const clocks = async () =>
            (await batchesOf(batches)).filter(({ labels }) => SCHEDULE_LABEL in labels);
        while ((await clocks()).length === 0) {
            await sleep(100);
        }
        const deployed = { ...submission("--sleep", "0"), runId: "count-by-hand" };
        const { outcome } = await runToEnd(launcherFor(config), deployed, contextWith());
        t.is(outcome.state, "succeeded");
        t.deepEqual(
            (await clocks()).map(({ state }) => state),
            ["CANCELLED"],
            "the second job of the workflow has not been submitted",
        );
        const answer = await fetch(`${google.url}${workflows}/clock/executions`);
        const { executions } = (await answer.json()) as { executions: { state: string }[] };
        t.deepEqual(
            executions.map(({ state }) => state),
            ["CANCELLED"],
        );
    },
);

test.serial("old credentials are kept until no run is under way that could have them", async (t) => {
    await startByTheClock("clock-3", "6");
    const said: string[] = [];
    const place = {
        project: "p",
        region: "europe-west2",
        cluster: "spark",
        stack: "test",
        endpoint: google.url,
    };
    const context = contextWith({ progress: (line) => said.push(line) });
    await runsEnded.delete("test", {}, place, context);
    t.is((await jobs()).find(({ reference }) => reference.jobId === "clock-3")?.status.state, "DONE");
    t.is(said[0], "keeping the old credentials for clock-3");
    // Nothing runs: it does not wait.
    said.length = 0;
    await runsEnded.delete("test", {}, place, context);
    t.deepEqual(said, []);
});

test.serial("what Google refuses is said, and counts as failed", async (t) => {
    const launcher = launcherFor({ ...configs.dataproc, cluster: "gone" } as LauncherConfig);
    const refused = { ...submission(), job: "refused" };
    await t.throwsAsync(runToEnd(launcher, refused, contextWith()), {
        message: /refused could not be submitted: Google Cloud says: Not found: Cluster .*clusters\/gone/,
    });
    t.is((await launcher.find("refused"))?.outcome?.state, "failed");
});

function submission(...args: string[]): Submission {
    const script = "jobs/pyspark/count.py";
    return { runId: `count-${args.length}`, job: "count", script, args, conf: CONF, uses: [], results: {} };
}

/** A job as a workflow submits it. */
async function startByTheClock(id: string, sleep = "600"): Promise<void> {
    const config = configs.dataproc as DataprocLauncherConfig;
    const answer = await fetch(`${google.url}/v1/projects/p/regions/europe-west2/jobs:submit`, {
        method: "POST",
        body: JSON.stringify({
            requestId: id,
            job: {
                reference: { projectId: "p", jobId: id },
                placement: { clusterName: "spark" },
                labels: { "goog-dataproc-workflow-template-id": "spark" },
                pysparkJob: {
                    mainPythonFileUri: `${config.scripts}/count.py`,
                    pythonFileUris: [`${config.scripts}/london_power.zip`],
                    args: ["--sleep", sleep, "--run", "count-scheduled"],
                    properties: { "spark.londonPower.test": "from the clock" },
                },
            },
        }),
    });
    if (!answer.ok) {
        throw new Error(await answer.text());
    }
}

async function post(path: string, body: object): Promise<void> {
    const answer = await fetch(google.url + path, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) {
        throw new Error(await answer.text());
    }
}

async function batchesOf(url: string): Promise<{ state: string; labels: Record<string, string> }[]> {
    return ((await (await fetch(url)).json()) as { batches: [] }).batches;
}

type JobView = { reference: { jobId: string }; status: { state: string } };

async function jobs(): Promise<JobView[]> {
    const answer = await fetch(`${google.url}/v1/projects/p/regions/europe-west2/jobs`);
    return ((await answer.json()) as { jobs: JobView[] }).jobs;
}

async function uploadScripts(): Promise<string> {
    writeFileSync(join(folder, "count.py"), JOB);
    const shared = filesUnder("jobs/pyspark/london_power", [".py"]);
    const files = Object.fromEntries(shared.map((path) => [path.replace("jobs/pyspark/", ""), path]));
    const inputs = { bucket: BUCKET, folder: "jobs", digest: "1", endpoint: google.url };
    const all = { ...files, "count.py": join(folder, "count.py") };
    return (await bucketFiles.create({ ...inputs, files: all }, contextWith())).outputs.uri;
}
