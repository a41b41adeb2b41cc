// Makes the previews that the golden tests read, by the real engine and, but for Google's, the real providers: node tests/tools/preview-report/record.ts.
// Runs in the environment of env.sh after `tools/setup.sh dev`; wants a Docker engine, and starts nothing on it.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ENDPOINT } from "../../../config/gcp.ts";
import { askProviders } from "../../../tools/preview-report/ask.ts";
import { changesOf } from "../../../tools/preview-report/changes.ts";
import { planFromNothing } from "../../../tools/preview-report/plan.ts";
import { readPreview } from "../../../tools/preview-report/preview.ts";
import { installProvider } from "../../e2e/gcp/stage.ts";
import { useLightJobs } from "../../e2e/lightJobs.ts";
import { newProject, type Project } from "../../e2e/project.ts";

const golden = join(import.meta.dirname, "golden");
rmSync(golden, { recursive: true, force: true });

// The swarm, which is not there: plan against plan.
await withProject({ target: "dev", workers: "3", workerCores: "2" }, "dev", async (dev) => {
    const base = planFromNothing(dev.dir, "dev");
    write(dev, "dev/base", base);
    const plan = (change: string) => {
        const head = planFromNothing(dev.dir, "dev");
        write(dev, `dev/${change}`, head);
        const { changes } = changesOf(readPreview(head), readPreview(base));
        write(dev, `dev/${change}.answers`, askProviders(changes, dev.dir) ?? "{}");
    };
    edit(dev, "Pulumi.dev.yaml", `workers: "3"`, `workers: "5"`, () => plan("workers"));
    edit(dev, "Pulumi.yaml", "mongo:8.0.14", "mongo:8.0.15", () => plan("image"));
    const [bare, inMemory] = ["-names`, {", `-names\`, { driverOpts: { type: "tmpfs" }`];
    edit(dev, "components/swarm/hdfs.ts", bare as string, inMemory as string, () => plan("volume"));
});

const NOBODY = "http://127.0.0.1:1";

// Google Cloud, by a stand-in for its provider: plan against plan, and nobody is asked.
await withProject(
    {
        target: "gcp",
        "gcp:project": "my-project-123",
        "gcp:region": "europe-west2",
    },
    "gcp",
    async (gcp) => {
        installProvider(gcp.path("home/pulumi/plugins"));
        Object.assign(process.env, { PULUMI_HOME: gcp.path("home/pulumi"), [ENDPOINT]: NOBODY });
        const plan = (change: string) => write(gcp, `gcp/${change}`, planFromNothing(gcp.dir, "gcp"));
        plan("base");
        const labels = 'labels: { owner: "energy" },';
        edit(gcp, "components/gcp/bucket.ts", "forceDestroy:", `${labels} forceDestroy:`, () =>
            plan("label"),
        );
        delete process.env.PULUMI_HOME;
    },
);

// The embedded target, which is: measured against what is deployed. Something is due on it already.
await withProject({ target: "local" }, "local", async (local) => {
    const preview = async (name: string) =>
        write(local, `local/${name}`, (await local.pulumi("preview", "--json")).output);
    useLightJobs(local);
    await local.up();
    await local.pulumi("config", "set", "london-power:testPercent", "30");
    await preview("base");
    const script = local.read("jobs/pyspark/ingest.py");
    local.write("jobs/pyspark/ingest.py", `${script}# changed\n`);
    await preview("script");
    local.write("jobs/pyspark/ingest.py", script);
    await local.pulumi("config", "set", "london-power:workspace", "/srv/london-power");
    await preview("workspace");
    await local.pulumi("config", "rm", "london-power:workspace");
});

async function withProject(
    settings: Record<string, string>,
    stack: string,
    work: (project: Project) => Promise<void>,
): Promise<void> {
    const project = await newProject({ stack, settings });
    try {
        await work(project);
    } finally {
        await project.dispose();
    }
}

function edit(project: Project, file: string, old: string, now: string, work: () => void): void {
    const before = project.read(file);
    if (!before.includes(old)) {
        throw new Error(`${file} no longer holds ${old}`);
    }
    project.write(file, before.replace(old, now));
    work();
    project.write(file, before);
}

/** Without what belongs to the machine that it ran on, and what no report looks at. */
function write(project: Project, name: string, json: string): void {
    const drop = [
        "sourcePosition",
        "stackTrace",
        "propertyDependencies",
        "dependencies",
        "outputs",
        "duration",
    ];
    const machine = ["secrets", "buildArgs"];
    const text = JSON.stringify(JSON.parse(json), (key, value) =>
        drop.includes(key) || (machine.includes(key) && typeof value !== "string") ? undefined : value,
    );
    mkdirSync(join(golden, name, ".."), { recursive: true });
    writeFileSync(join(golden, `${name}.json`), `${text.replaceAll(project.dir, "/project")}\n`);
}
