// The swarm's story: the same answers as everywhere, and what may happen to a platform of many parts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { documentsAreThere, nothingChanges, sampleAnswered } from "./answers.ts";
import { isLight, type LightJobs, useLightJobs } from "./lightJobs.ts";
import { expectedFindings, findings } from "./notebooks.ts";
import { counts, newProject, type Project, until } from "./project.ts";
import { type Stage as RunStage, tellLauncherStories, upUntilHeld } from "./runStories.ts";
import { HdfsSignals } from "./signals.ts";
import { restoreAfterFailure } from "./standAlone.ts";
import { tellAccessStories } from "./swarm/access.ts";
import { lookAround } from "./swarm/browser.ts";
import {
    containerOf,
    containersOf,
    docker,
    dockerLines,
    healthy,
    leftOf,
    machineSettings,
    openPorts,
    removeLeft,
    removesSecret,
} from "./swarm/docker.ts";
import { tellOperationsStory } from "./swarm/operations.ts";
import { placesWithoutSecrets } from "./swarm/places.ts";
import { tellRotationStories } from "./swarm/rotation.ts";
import { basic, logins, passwords, type Stage, withDatabase } from "./swarm/stage.ts";

const STACK = "swarm-test";
/** Script of the job in the stories of runs. */
const TRAIN = "jobs/pyspark/train.py";
const PARTS = `london-power-${STACK}`;
const PORTS = { jupyter: 28888, mongoExpress: 28081, spark: 28080, hdfs: 29870, mongo: 37017 };

let project: Project;
let jobs: LightJobs;
let before: { left: Record<string, string[]>; ports: string[]; train: string; model: unknown };
const stage = (): Stage => ({ project, parts: PARTS, ports: PORTS });
test.before(async () => {
    const settings: Record<string, string> = {
        ...machineSettings(),
        target: "dev",
        workers: "2",
        workerMemory: "1g",
        driverMemory: "1g",
        models: "linear",
        ...Object.fromEntries(Object.entries(PORTS).map(([part, port]) => [`${part}Port`, `${port}`])),
    };
    await removeLeft(PARTS);
    project = await newProject({ stack: STACK, settings });
    const [left, ports, train] = [leftOf(PARTS), openPorts(), project.read(TRAIN)];
    await project.up();
    before = { left, ports, train, model: (await project.outputs()).model };
    project.keep();
});
test.after.always(() => project?.dispose());
restoreAfterFailure(test, () => project);

test.serial("up brings the sample's answers, the same as a plain count over the file", async (t) => {
    const outputs = await sampleAnswered(t, project);
    t.true(outputs.model.linear.mse < outputs.model.training_mean.mse, "the model beats the mean");
    await withDatabase(stage(), (database) => documentsAreThere(t, project, database));
});

test.serial(
    "a second up, a preview and a refresh find nothing to do, and the policies nothing wrong",
    async (t) => {
        await nothingChanges(t, project);
        const policies = ["--policy-pack", "policies", "--policy-pack-config", "policies/config/dev.json"];
        const { output, code } = await project.pulumi("preview", "--expect-no-changes", ...policies);
        t.is(code, 0, output);
    },
);

test.serial("a driver leaves its log and no service", (t) => {
    const names = dockerLines("ps", "--all", "--format", "{{.Names}}");
    t.deepEqual(
        names.filter((name) => new RegExp(`^${PARTS}-(ingest|load|analyze|train|report)-`).test(name)),
        [],
    );
    for (const job of ["ingest", "load", "analyze", "train", "report"]) {
        t.regex(readFileSync(runOf(job).log, "utf8"), /"event":"result"/);
    }
});

tellAccessStories(test, () => ({ ...stage(), listening: before.ports }));

test.serial("the notebooks run in Jupyter and find the same answers", async (t) => {
    const jupyter = await containerOf(`${PARTS}-jupyter`);
    const execute = async (name: string) => {
        docker("exec", jupyter, "jupyter", "execute", "--output=/tmp/executed.ipynb", `/work/${name}.ipynb`);
        return docker("exec", jupyter, "cat", "/tmp/executed.ipynb");
    };
    t.deepEqual(await findings(execute), expectedFindings(await project.outputs()));
});

test.serial("a browser shows notebooks, MongoDB, Spark's workers and the lake", async (t) => {
    const outputs = await project.outputs();
    const { rows } = outputs;
    t.regex(outputs.report, new RegExp(`^http://127.0.0.1:${PORTS.hdfs}/lake/report/`));
    const { plot, ...seen } = await lookAround(outputs, await logins(project));
    t.true(plot > 100, "a plot of the lake shows");
    t.regex(seen.report, /^Electricity use of \d+ households/);
    t.like(seen, {
        printed: `${rows.stored.toLocaleString("en")} readings in the lake`,
        withoutPassword: 401,
        collections: ["data", "loads", "results"],
        workers: 2,
        lake: ["models", "plots", "quarantine", "readings", "report", "results"],
    });
});

test.serial("make report fetches the report with the login", async (t) => {
    const { code, output } = await project.script("tools/report.ts", STACK);
    t.is(code, 0, output);
    t.regex(
        readFileSync(new URL(output.trim().split("\n").at(-1) as string), "utf8"),
        /<h1>Electricity use of/,
    );
});

test.serial("what people change in a notebook outlives an up that brings a newer one", async (t) => {
    const inJupyter = async (...words: string[]) =>
        docker("exec", await containerOf(`${PARTS}-jupyter`), ...words);
    await inJupyter("sed", "-i", "s/Who uses how much/Who pays how much/", "/work/analysis_final.ipynb");
    const mine = await inJupyter("cat", "/work/analysis_final.ipynb");
    const newer = project.read("notebooks/analysis_final.ipynb").replace("Who uses how much", "How much");
    project.write("notebooks/analysis_final.ipynb", newer);
    await project.up();
    t.regex(mine, /Who pays how much/);
    t.is(await inJupyter("cat", "/work/analysis_final.ipynb"), mine);
    t.is(await inJupyter("cat", "/work/analysis_final.new.ipynb"), newer.trimEnd());
});

test.serial("no secret stands where it could be read, not even while a job runs", async (t) => {
    const { engine, release } = await upUntilHeld(await withLightTrain());
    const secrets = await passwords(project);
    t.is(secrets.length, 12);
    const login = basic((await logins(project)).gatewayPassword);
    for (const [place, content] of Object.entries(await placesWithoutSecrets(project, PORTS.spark, login))) {
        t.true(content.length > 100, `${place} has been looked into`);
        for (const secret of secrets) {
            t.false(content.includes(secret) || content.includes(btoa(secret)), place);
        }
    }
    await release();
    t.is((await engine.ended).code, 0);
});

tellLauncherStories(test, withLightTrain);

test.serial("a worker that is killed in the midst of a job does not fail it", async (t) => {
    await withLightTrain();
    const script = project.read(TRAIN);
    const slow = "job.spark.sparkContext.range(60, numSlices=60).foreach(lambda _: time.sleep(0.5))";
    project.write(TRAIN, script.replace("assert job", `${slow}\n    assert job`));
    const engine = project.start("up", "--yes", "--skip-preview");
    await until("tasks that are done", () => /\((?!0)\d+\/60 tasks\)/.test(engine.output()));
    const workers = containersOf(`${PARTS}-spark-worker`);
    const [killed = ""] = workers;
    docker("kill", killed);
    const { code, output } = await engine.ended;
    t.is(code, 0, output);
    t.regex(readFileSync(runOf("train").log, "utf8"), /Lost executor/);
    await until("a worker in its place", () => {
        const now = containersOf(`${PARTS}-spark-worker`);
        return now.length === workers.length && !now.includes(killed);
    });
});

test.serial("what is killed comes back with its data", async (t) => {
    await withLightTrain();
    await project.pulumi("config", "set", "london-power:schedule", "0 3 1 1 *");
    await project.up();
    const killed = ["datanode-0", "datanode-1", "namenode", "mongo", "spark-master"];
    for (const part of killed) {
        docker("kill", ...containersOf(`${PARTS}-${part}`));
    }
    for (const part of killed) {
        await until(`a healthy ${part}`, () => healthy(`${PARTS}-${part}`).length === 1);
    }
    project.write(TRAIN, before.train);
    await project.pulumi("config", "rm", "london-power:testPercent"); // the runs' stories may have set it
    const [scheduler = ""] = healthy(`${PARTS}-scheduler`);
    t.regex(docker("logs", scheduler), /next run at \d{4}-01-01 03:00:00/);
    await project.up();
    await until("the end of the earlier scheduler", () => {
        return !containersOf(`${PARTS}-scheduler`).includes(scheduler);
    });
    await until("one after the jobs", () => healthy(`${PARTS}-scheduler`).length === 1);
    const outputs = await project.outputs();
    t.deepEqual(outputs.model, before.model);
    await withDatabase(stage(), async (database) => {
        t.is(await database.collection("data").countDocuments(), outputs.rows.loaded);
    });
});

test.serial("workers are added in place, and no job runs again", async (t) => {
    const runs = (await project.outputs()).runs;
    const others = ["spark-master", "namenode", "mongo"].map((part) => containersOf(`${PARTS}-${part}`));
    await project.pulumi("config", "set", "london-power:workers", "3");
    await project.up();
    t.is(containersOf(`${PARTS}-spark-worker`).length, 3);
    t.deepEqual(
        ["spark-master", "namenode", "mongo"].map((part) => containersOf(`${PARTS}-${part}`)),
        others,
    );
    t.deepEqual((await project.outputs()).runs, runs);
});

test.serial("what was removed by hand is put back by up, and Pulumi alone says what helps", async (t) => {
    const { runs } = await project.outputs();
    await withDatabase(stage(), (_, client) => client.db("admin").command({ dropUser: "analysis-a" }));
    docker("service", "rm", `${PARTS}-mongo-express`, `${PARTS}-mongo`, `${PARTS}-jupyter`);
    docker("rm", "--force", `${PARTS}-gateway`);
    const [token = ""] = dockerLines("secret", "ls", "--quiet", "--filter", "name=dev-jupyter-token");
    await until("a secret that nobody uses", () => removesSecret(token));
    docker("secret", "create", "--label", `com.docker.stack.namespace=${PARTS}`, "lost", "package.json");

    const alone = await project.upFails();
    t.regex(alone, /has removed parts[^:]*: .*service dev-jupyter-jupyter/);
    t.regex(alone, /container dev-gateway-container/);
    t.regex(alone, new RegExp(`Run \`pulumi refresh --stack ${STACK}\``));

    const { code, output } = await project.script("tools/stack.ts", "up", STACK);
    t.is(code, 0, output);
    t.regex(output, /No longer on the Docker engine: .*secret dev-jupyter-token-secret/);
    for (const part of ["mongo-express", "mongo", "jupyter"]) {
        t.is(healthy(`${PARTS}-${part}`).length, 1, part);
    }
    t.deepEqual(dockerLines("secret", "ls", "--quiet", "--filter", "name=lost"), []);
    t.deepEqual((await project.outputs()).runs, runs, "no job had to run again");
    t.deepEqual(Object.keys(counts(await project.up())), ["unchanged"]);
});

test.serial("with all containers killed, up brings them back with their data", async (t) => {
    const { runs } = await project.outputs();
    docker("kill", ...dockerLines("ps", "--quiet", "--filter", `name=${PARTS}-`));
    const { code, output } = await project.script("tools/stack.ts", "up", STACK);
    t.is(code, 0, output);
    for (const part of ["namenode", "mongo", "jupyter", "pages"]) {
        await until(`a healthy ${part}`, () => healthy(`${PARTS}-${part}`).length === 1);
    }
    const { rows, runs: after } = await project.outputs();
    t.deepEqual(after, runs);
    await withDatabase(stage(), async (database) => {
        t.is(await database.collection("data").countDocuments(), rows.loaded);
    });
});

tellRotationStories(test, stage);

tellOperationsStory(test, stage);

test.serial("a run by the clock works on the cluster with the jobs' own credentials", async (t) => {
    const readings = new HdfsSignals(PARTS);
    await project.pulumi("config", "set", "london-power:schedule", "* * * * *");
    await project.up();
    const [scheduler = ""] = healthy(`${PARTS}-scheduler`);
    await until("a load by the clock", () => /load: \w+ in /.test(docker("logs", scheduler)), 300);
    t.regex(docker("logs", scheduler), /load: succeeded in /);
    t.regex((await readings.list("../readings")).join(), /run=ingest-scheduled-\d{8}T\d{6}Z/);
});

test.serial("destroy leaves nothing on the engine, though parts were removed by hand", async (t) => {
    docker("service", "rm", `${PARTS}-jupyter`, `${PARTS}-spark-worker`);
    docker("rm", "--force", `${PARTS}-gateway`);
    const alone = await project.pulumi("destroy", "--yes", "--skip-preview");
    t.not(alone.code, 0);
    t.regex(alone.output, new RegExp(`\`make destroy STACK=${STACK}\``));
    const { code, output } = await project.script("tools/stack.ts", "destroy", STACK);
    t.is(code, 0, output);
    t.deepEqual(leftOf(PARTS), before.left);
    t.deepEqual(openPorts(), before.ports);
});

/** The platform with a small `train`. */
async function withLightTrain(): Promise<RunStage> {
    if (!isLight(project, "train")) {
        jobs = useLightJobs(project, ["train"], new HdfsSignals(PARTS));
        await project.up();
    }
    return { project, jobs, driverRuns };
}

async function driverRuns(): Promise<boolean> {
    return dockerLines("ps", "--format", "{{.Names}}").some((name) => name.startsWith(`${PARTS}-train-`));
}

/** Returns the launcher's record of a job's newest run. */
function runOf(job: string): { log: string; outcome: { metrics: Record<string, unknown> } } {
    return JSON.parse(readFileSync(join(project.workspace, "runs", `${job}.json`), "utf8"));
}
