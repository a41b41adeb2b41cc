// The Google Cloud target without Google: the real engine, program, launchers and jobs, on the stand-ins of tests/fake-google.
// Its README says what that proves, and what it does not.
import test from "ava";
import { MongoClient } from "mongodb";
import { documentsAreThere, nothingChanges, sampleAnswered } from "./answers.ts";
import { BucketSignals, inventory, jobsOf, type Stage, setStage } from "./gcp/stage.ts";
import { startWorkbench } from "./gcp/workbench.ts";
import { isLight, type LightJobs, useLightJobs } from "./lightJobs.ts";
import { expectedFindings, findings } from "./notebooks.ts";
import { counts } from "./project.ts";
import { type Stage as RunStage, tellLauncherStories, tellReasonStories } from "./runStories.ts";
import { restoreAfterFailure } from "./standAlone.ts";

let stage: Stage;
let jobs: LightJobs;
test.before(async () => {
    stage = await setStage({ schedule: "0 3 * * *" });
    await stage.google.storage.makeBucket("signals");
    jobs = useLightJobs(stage.project, ["train", "report"], new BucketSignals(stage.google));
    await stage.project.up();
    stage.project.keep();
});
test.after.always(() => stage?.dispose());
restoreAfterFailure(test, () => stage.project);

test.serial("up makes the platform, and the jobs find the sample's answers in its bucket", async (t) => {
    const { project } = stage;
    const outputs = await sampleAnswered(t, project);
    t.regex(outputs.paths.lake, /^gs:\/\//);
});

test.serial("Google keeps what a cluster with a schedule needs, and nothing else", (t) => {
    t.deepEqual(inventory(stage), {
        clusters: 1,
        datasets: 1,
        firewalls: 1,
        instances: 1,
        jobs: 1,
        networks: 1,
        roles: 2,
        routers: 1,
        secrets: 2,
        serviceAccounts: 3,
        subnetworks: 1,
        tables: 5,
        workflowTemplates: 1,
    });
});

test.serial("MongoDB holds the readings: the jobs have found its address in Secret Manager", async (t) => {
    const client = new MongoClient(stage.mongo);
    t.teardown(() => client.close());
    await documentsAreThere(t, stage.project, client.db("power"));
});

test.serial(
    "the notebooks run on the kernel of the Workbench instance, and find the same answers",
    async (t) => {
        const workbench = await startWorkbench(stage);
        t.deepEqual(await findings(workbench.execute), expectedFindings(await stage.project.outputs()));
    },
);

test.serial("a second up and a refresh find nothing to do", async (t) => {
    await nothingChanges(t, stage.project);
});

test.serial("MongoDB's address stands neither in the state nor in what Dataproc is told", async (t) => {
    const told = await jobsOf(stage);
    t.regex(told, /sm:\/\/projects\//);
    for (const place of [told, await stage.project.state()]) {
        t.false(place.includes(stage.mongo) || place.includes(btoa(stage.mongo)));
    }
});

test.serial("another CSV file is uploaded alone, and its jobs and what depends on them run", async (t) => {
    const { project } = stage;
    jobs = useLightJobs(project, undefined, new BucketSignals(stage.google));
    const [header, ...rows] = project.read("data/power_1.csv").split("\n");
    project.write("data/one.csv", `${[header, ...rows.slice(0, 3)].join("\n")}\n`);
    project.write("data/two.csv", `${[header, ...rows.slice(3, 6)].join("\n")}\n`);
    await project.pulumi("config", "set", "london-power:data", "data/{one,two}.csv");
    // What the clock runs changes with every job: the stories below count jobs alone.
    await project.pulumi("config", "rm", "london-power:schedule");
    await project.up();
    t.false("workflowTemplates" in inventory(stage));
    const before = await generations();
    const started = (await jobs.started()).length;
    project.write("data/two.csv", `${[header, ...rows.slice(6, 9)].join("\n")}\n`);
    const output = await project.up();
    t.is(counts(output).updated, 1 + 5, output);
    const after = await generations();
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    t.deepEqual(
        changed.filter((name) => name.startsWith("data/")),
        ["data/two.csv"],
    );
    t.deepEqual(
        changed.filter((name) => name.startsWith("jobs/")),
        [],
    );
    t.is((await jobs.started()).length, started + 5);
});

tellLauncherStories(test, withLightJobs);
tellReasonStories(test, withLightJobs);

test.serial("destroy leaves nothing, though the bucket is full", async (t) => {
    const { google, project } = stage;
    t.true((await google.storage.objects(await bucket())).length > 10);
    const { code, output } = await project.pulumi("destroy", "--yes", "--skip-preview");
    t.is(code, 0, output);
    t.deepEqual(google.made, []);
    const { items } = (await (await fetch(`${google.url}/storage/v1/b`)).json()) as {
        items: { name: string }[];
    };
    t.deepEqual(
        items.map(({ name }) => name),
        ["signals"],
    );
});

/** All jobs small, and no schedule, which would change with every job. */
async function withLightJobs(): Promise<RunStage> {
    const { project } = stage;
    if (!isLight(project, "ingest")) {
        jobs = useLightJobs(project, undefined, new BucketSignals(stage.google));
        await project.pulumi("config", "rm", "london-power:schedule");
        await project.up();
    }
    return { project, jobs, driverRuns };
}

async function driverRuns(): Promise<boolean> {
    const { jobs: known } = JSON.parse(await jobsOf(stage));
    return known.some(
        ({ labels, status }: { labels: Record<string, string>; status: { state: string } }) =>
            labels["london-power-job"] === "train" && /RUNNING|CANCEL_PENDING/.test(status.state),
    );
}

async function bucket(): Promise<string> {
    return new URL((await stage.project.outputs()).paths.lake).host;
}

/** The bucket of code and data, as Google knows it. */
async function filesBucket(): Promise<string> {
    const { items } = (await (await fetch(`${stage.google.url}/storage/v1/b`)).json()) as {
        items: { name: string }[];
    };
    return items.find(({ name }) => name.endsWith("-files"))?.name ?? "";
}

/** Object → what tells its content from an earlier one. */
async function generations(): Promise<Record<string, string>> {
    const path = `/storage/v1/b/${await filesBucket()}/o`;
    const { items } = (await (await fetch(stage.google.url + path)).json()) as {
        items: { name: string; generation: string }[];
    };
    return Object.fromEntries(items.map(({ name, generation }) => [name, generation]));
}
