import test from "ava";
import { type Forecast, forecastOf } from "../../../tools/preview-report/forecast.ts";
import { machinePrice } from "../../../tools/preview-report/listPrice.ts";
import { comment } from "../../../tools/preview-report/markdown.ts";
import { type Preview, readPreview } from "../../../tools/preview-report/preview.ts";
import { reportOn } from "../../../tools/preview-report/report.ts";
import { terminal } from "../../../tools/preview-report/terminal.ts";
import { deploy, recorded } from "../../components/gcp/platform.ts";

const SERVERLESS = { compute: "serverless", serverlessImage: "europe-west2-docker.pkg.dev/p/r/spark:1" };
/** US dollars an hour in London: 4 vCPUs and 16 GiB. */
const E2_STANDARD_4 = 4 * 0.0281037 + 16 * 0.00376602;
/** A GiB of balanced disk for an hour: 0.12 a month of 730 hours. */
const GIB = 0.12 / 730;

/** The preview of the platform with some settings changed, by the program's own components. */
async function previewWith(changes: Record<string, string>, op = "create"): Promise<Preview> {
    await deploy(changes);
    const steps = recorded.map(({ type, name, inputs }) => ({
        op,
        urn: `urn:pulumi:gcp::london-power::${type}::${name}`,
        newState: { custom: true, inputs },
    }));
    return readPreview(JSON.stringify({ steps }));
}

async function forecastWith(changes: Record<string, string>): Promise<Forecast> {
    return forecastOf(await previewWith(changes)) as Forecast;
}

function hours({ prices }: Forecast, what: RegExp): [idle: string, jobs: string][] {
    return prices
        .filter((price) => what.test(price.what))
        .map(({ idle, jobs }) => [idle.toFixed(4), jobs.toFixed(4)]);
}

test.serial(
    "a cluster costs the same with and without jobs: machines, Dataproc's share, disks",
    async (t) => {
        const forecast = await forecastWith({});
        const machines = (3 * E2_STANDARD_4).toFixed(4);
        t.deepEqual(hours(forecast, /^3 machines of the cluster, e2-standard-4$/), [[machines, machines]]);
        t.deepEqual(hours(forecast, /Dataproc's own/), [["0.1200", "0.1200"]]);
        const disks = (180 * GIB).toFixed(4);
        t.deepEqual(hours(forecast, /their disks/), [[disks, disks]]);
        const sum = forecast.prices.reduce((all, { idle }) => all + idle, 0);
        t.is(forecast.sum.idle, sum);
        t.is(forecast.sum.month, sum * 730);
        t.true(
            forecast.notes.some((note) => /Workbench instance runs, e2-standard-2: 0\.0863 more/.test(note)),
        );
        t.true(forecast.notes.some((note) => note.startsWith("Firestore")));
    },
);

test.serial("the sum follows machine types, workers, disks, Workbench and schedule", async (t) => {
    const forecast = await forecastWith({
        machineType: "n2-highmem-8",
        workers: "4",
        diskGb: "100",
        workbenchMachineType: "",
        schedule: "0 3 * * *",
    });
    const machine = 8 * 0.04073 + 64 * 0.005458;
    t.is(hours(forecast, /^5 machines/)[0]?.[0], (5 * machine).toFixed(4));
    t.is(hours(forecast, /Dataproc's own/)[0]?.[0], "0.4000");
    t.is(hours(forecast, /their disks/)[0]?.[0], (500 * GIB).toFixed(4));
    t.deepEqual(hours(forecast, /Workbench/), []);
    t.is(hours(forecast, /jobs of Cloud Scheduler: 1/)[0]?.[0], (0.1 / 730).toFixed(4));
});

test.serial(
    "a growing cluster costs more with jobs, and one that is deleted when idle costs nothing without",
    async (t) => {
        const growing = await forecastWith({ maxWorkers: "5" });
        t.deepEqual(hours(growing, /^3 to 6 machines/), [
            [(3 * E2_STANDARD_4).toFixed(4), (6 * E2_STANDARD_4).toFixed(4)],
        ]);
        const deleted = await forecastWith({ idleDelete: "3600s" });
        t.deepEqual(hours(deleted, /^3 machines/), [["0.0000", (3 * E2_STANDARD_4).toFixed(4)]]);
        t.true(deleted.notes.some((note) => note.startsWith("The cluster is deleted after 3600s")));
    },
);

test.serial(
    "Serverless batches cost nothing while none runs, and then depend on driver and executors",
    async (t) => {
        const forecast = await forecastWith({ ...SERVERLESS, workers: "3" });
        const driver = 4 * 0.6 + (2926 / 1024) * 1.4 * 0.1;
        const batch = ((driver + 3 * 4) * 0.06).toFixed(4);
        t.deepEqual(hours(forecast, /^a batch: a driver and 3 executors, 14\.8 DCU$/), [["0.0000", batch]]);
        t.deepEqual(hours(forecast, /machines/), []);
        t.is(hours(await forecastWith({ ...SERVERLESS, maxWorkers: "9" }), /up to 9 executors/).length, 1);
    },
);

test.serial("an image that Cloud Build builds costs by use, and the user's own does not", async (t) => {
    const { notes } = await forecastWith({ compute: "serverless" });
    t.true(notes.some((note) => note.startsWith("Artifact Registry: 0.10 a GiB")));
    t.true(notes.some((note) => note.startsWith("Cloud Build: 0.006 a minute")));
    const own = (await forecastWith({ ...SERVERLESS, schedule: "0 3 * * *" })).notes;
    t.false(own.some((note) => /Artifact Registry|Cloud Build/.test(note)));
    t.true(own.some((note) => note.startsWith("Workflows: 0.01 a thousand steps")));
});

test.serial("machines without a price and another region are mentioned", async (t) => {
    const { notes } = await forecastWith({
        machineType: "c3d-highmem-8",
        "gcp:region": "us-central1",
    });
    t.true(notes.some((note) => /^Without machines of type c3d-highmem-8/.test(note)));
    t.true(notes.some((note) => /prices of europe-west2; those of us-central1 differ/.test(note)));
    t.is(machinePrice("n2-custom-4-8192"), undefined);
    t.is(machinePrice("e2-medium")?.vcpus, 1);
});

test.serial("a preview ends with the sums, and a comment has them before and after", async (t) => {
    const [small, large] = [await previewWith({}), await previewWith({ workers: "4" })];
    const text = terminal(reportOn("gcp", small));
    const after = text.slice(text.indexOf("\nWhat the stack costs"));
    t.regex(
        after,
        /^\nWhat the stack costs by Google's list prices of europe-west2, of \d{4}-\d\d-\d\d: US dollars/,
    );
    t.regex(after, /\n {2}all +0\.7181 +0\.7181 +524\.\d\d\n/);
    t.regex(
        comment([reportOn("gcp", large, small)]),
        /- by Google's list prices .*: \$0\.72 → \$1\.\d\d an hour idle, .* \$524\.\d\d → \$\d+\.\d\d a month idle/,
    );
});

test.serial("there is no sum for a preview without unchanged resources, or for another target", async (t) => {
    const preview = await previewWith({}, "update");
    t.is(forecastOf(preview), undefined);
    t.truthy(forecastOf(await previewWith({}, "same")));
    const local = {
        op: "create",
        urn: "urn:pulumi:l::p::london-power:spark:SparkRun::train",
        newState: {},
    };
    t.is(forecastOf(readPreview(JSON.stringify({ steps: [local] }))), undefined);
});
