// The main story: the sample's answers from a fresh project to an empty machine, and what may change on the way.
import { existsSync, readFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import test from "ava";
import { MongoClient } from "mongodb";
import { type Block, blocksFor, commandsIn } from "../docs/blocks.ts";
import { documentsAreThere, sampleAnswered } from "./answers.ts";
import { expectedFindings, findings } from "./notebooks.ts";
import { counts, isRunning, newProject, type Project, until } from "./project.ts";
import { restoreAfterFailure } from "./standAlone.ts";

let project: Project;
/** The output of the first `up`. */
let first: string;
test.before(async () => {
    project = await newProject();
    first = await project.up();
    project.keep();
});
test.after.always(() => project?.dispose());
restoreAfterFailure(test, () => project);

test.serial("up brings the sample's answers, the same as a plain count over the file", async (t) => {
    t.like(counts(first), { created: 12 });
    const outputs = await sampleAnswered(t, project);
    const { training_mean, same_half_hour_last_week, weeks_mean, month_mean, ...models } = outputs.model;
    t.deepEqual(Object.keys(models).sort(), ["boosted", "forest", "linear", "tree"]);
    for (const [name, { mse }] of Object.entries<{ mse: number }>(models)) {
        for (const baseline of [training_mean, same_half_hour_last_week, weeks_mean]) {
            t.true(mse < baseline.mse, `${name} beats the baselines`);
        }
    }
    // A household's own mean of the half hour is as good as a single tree.
    for (const name of ["linear", "forest", "boosted"]) {
        t.true(models[name].mse < month_mean.mse, `${name} beats a month's mean of the home`);
    }
    t.true(models.forest.mse < models.linear.mse, "the forest finds what a line cannot");
    t.regex(readFileSync(outputs.paths.modelCard.replace(/^file:\/\//, ""), "utf8"), /^# Model card/);
    for (const plot of [...outputs.paths.plots, outputs.paths.residuals]) {
        t.true(readFileSync(plot.replace(/^file:\/\//, "")).length > 10_000, plot);
    }
    const report = readFileSync(outputs.report.replace(/^file:\/\//, ""), "utf8");
    t.true(report.includes(outputs.rows.read.toLocaleString("en")), "the report has what the others found");
});

test.serial("the answers are printed as the README shows them", async (t) => {
    const { code, output } = await project.script("-c", "node tools/answers.ts local");
    t.is(code, 0, output);
    const [answers = ""] = output.trim().split("\n\nPlots:");
    const [shown, ...others] = blocksOf("README.md");
    t.is(others.length, 0);
    t.true(shown?.content.startsWith(`${answers}\n`), answers);
});

test.serial("MongoDB holds the readings and the results", async (t) => {
    await withDatabase((database) => documentsAreThere(t, project, database));
});

test.serial("the notebooks run on it and find the same answers", async (t) => {
    t.deepEqual(await findings(execute), expectedFindings(await project.outputs()));
});

test.serial(
    "the pages' commands predict with a saved model, and reach the platform from Python",
    async (t) => {
        const [predict, ...others] = blocksOf("docs/models.md");
        t.is(others.length, 0);
        const snippet = blocksOf("docs/notebooks.md").find(({ language }) => language === "python") as Block;
        project.write(".london-power/notebooks/snippet.py", `${snippet.content}spark.stop()\n`);
        const [predicted, connected] = await Promise.all([
            project.script("-c", `set -e\n${predict?.content}`),
            project.script("-c", "node tools/notebook.ts local python snippet.py"),
        ]);
        t.is(predicted.code, 0, predicted.output);
        t.regex(predicted.output, /"predictions": ?"file:.*\/predictions\/boosted\/run=mine"/);
        t.is(connected.code, 0, connected.output);
        t.regex(connected.output, /Affluent/);
    },
);

test.serial("the page's command clears the outputs of the notebooks", async (t) => {
    const clear = notebookCommands().find((command) => command.includes("nbconvert")) as string;
    const notebook = "notebooks/analysis_final.ipynb";
    const clean = project.read(notebook);
    project.write(
        notebook,
        clean.replace(
            '"outputs": []',
            '"outputs": [{"name": "stdout", "output_type": "stream", "text": []}]',
        ),
    );
    t.not(project.read(notebook), clean);
    const { code, output } = await project.script("-c", clear);
    t.is(code, 0, output);
    t.deepEqual(JSON.parse(project.read(notebook)), JSON.parse(clean));
    project.write(notebook, clean);
});

test.serial("Jupyter opens for this machine alone, and asks for its token", async (t) => {
    const lab = project.startScript("-c", "BROWSER=true exec node tools/notebook.ts local");
    t.teardown(() => isRunning(lab.pid).then((runs) => runs && process.kill(lab.pid)));
    const address = /http:\/\/127\.0\.0\.1:(\d+)\/lab\?token=(\w+)/;
    await until("Jupyter's address", () => address.test(lab.output()));
    const [, port, token] = lab.output().match(address) as string[];
    const contents = (host: string, query = "") => fetch(`http://${host}:${port}/api/contents${query}`);
    t.is((await contents("127.0.0.1")).status, 403);
    const listed = await (await contents("127.0.0.1", `?token=${token}`)).text();
    t.true(listed.includes("startup_default_mongo.ipynb") && listed.includes("analysis_final.ipynb"), listed);
    // Another address of this machine, which a server that listens on all of them has too.
    await t.throwsAsync(contents("127.0.0.2"));
    process.kill(lab.pid);
    await lab.ended;
    await t.throwsAsync(contents("127.0.0.1"));
});

test.serial("a second up, a preview and a refresh find nothing to do", async (t) => {
    t.deepEqual(counts(await project.up()), { unchanged: 12 });
    const { output, code } = await project.pulumi("preview", "--expect-no-changes");
    t.is(code, 0, output);
    t.deepEqual(counts((await project.pulumi("refresh", "--yes", "--skip-preview")).output), {
        unchanged: 12,
    });
});

test.serial(
    "a changed setting runs only the job that it concerns and the report, and the preview says why",
    async (t) => {
        const before = await project.outputs();
        await project.pulumi("config", "set", "london-power:testPercent", "30");
        const { output } = await project.pulumi("preview");
        t.regex(output, /runs again: arguments changed \(0\.2 → 0\.3\)/);
        t.deepEqual(counts(output), { "to update": 2, unchanged: 10 });
        t.deepEqual(counts(await project.up()), { updated: 2, unchanged: 10 });
        const after = await project.outputs();
        t.deepEqual({ ...after.runs, train: 0, report: 0 }, { ...before.runs, train: 0, report: 0 });
        t.not(after.runs.train.id, before.runs.train.id);
        t.not(after.model.linear.mse, before.model.linear.mse);
    },
);

test.serial(
    "a document server that died is started again on its data by the next up, not twice by another",
    async (t) => {
        const { rows } = await project.outputs();
        const killed = serverPid();
        process.kill(killed, "SIGKILL");
        await until("the server's end", async () => !(await isRunning(killed)));
        t.deepEqual(counts(await project.up()), { updated: 1, unchanged: 11 });
        const restarted = serverPid();
        t.not(restarted, killed);
        await withDatabase(async (database) => {
            t.is(await database.collection("data").countDocuments(), rows.loaded);
        });
        t.deepEqual(counts(await project.up()), { unchanged: 12 });
        t.is(serverPid(), restarted);
    },
);

test.serial("destroy leaves no process, port or file", async (t) => {
    const pid = serverPid();
    const port = Number(new URL((await project.outputs()).endpoints.mongo).port);
    t.true(await listens(port));
    const { code, output } = await project.pulumi("destroy", "--yes", "--skip-preview");
    t.is(code, 0, output);
    t.false(await isRunning(pid));
    t.false(await listens(port));
    t.false(existsSync(project.workspace));
    t.is(JSON.parse(await project.state()).deployment.resources?.length ?? 0, 0);
});

/** The blocks of a page that this file runs or checks. */
function blocksOf(page: string): Block[] {
    return blocksFor(import.meta.filename, project.read(page));
}

function notebookCommands(): string[] {
    return blocksOf("docs/notebooks.md")
        .filter(({ language }) => language === "sh")
        .flatMap(commandsIn);
}

/** Runs a notebook from end to end where `make notebook` would open it, with the page's commands. */
async function execute(name: string): Promise<string> {
    const commands = notebookCommands().filter((command) => !command.includes("nbconvert"));
    const script = ["set -e", ...commands].join("\n").replace("analysis_final", name);
    const { code, output } = await project.script("-c", script);
    if (code !== 0) {
        throw new Error(output);
    }
    return project.read(".london-power/notebooks/executed.ipynb");
}

function serverPid(): number {
    return JSON.parse(readFileSync(join(project.workspace, "documents/server.json"), "utf8")).pid;
}

async function withDatabase(work: (database: ReturnType<MongoClient["db"]>) => Promise<void>): Promise<void> {
    const client = new MongoClient((await project.outputs()).endpoints.mongo);
    try {
        await work(client.db("power"));
    } finally {
        await client.close();
    }
}

function listens(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = createConnection(port, "127.0.0.1")
            .once("connect", () => resolve(true))
            .once("error", () => resolve(false))
            .once("close", () => socket.destroy());
    });
}
