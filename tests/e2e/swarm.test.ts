// The swarm's story: the same answers as everywhere, and what may happen to a platform of many parts.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { MongoClient } from "mongodb";
import { containersOf, docker, dockerLines, leftOf, openPorts } from "./docker.ts";
import { counts, newProject, type Project } from "./project.ts";
import { answersFrom } from "./sample.ts";

const STACK = "swarm-test";
const PARTS = `london-power-${STACK}`;
const PORTS = { jupyter: 28888, mongoExpress: 28081, spark: 28080, hdfs: 29870, mongo: 37017 };

let project: Project;
let before: { left: Record<string, string[]>; ports: string[] };
test.before(async () => {
    before = { left: leftOf(PARTS), ports: openPorts() };
    const settings: Record<string, string> = {
        ...{ target: "dev", workers: "2", workerMemory: "1g", driverMemory: "1g" },
        ...Object.fromEntries(Object.entries(PORTS).map(([part, port]) => [`${part}Port`, `${port}`])),
    };
    project = await newProject({ stack: STACK, settings });
});
test.after.always(() => project?.dispose());

test.serial("up brings the sample's answers, the same as a plain count over the file", async (t) => {
    await project.up();
    const outputs = await project.outputs();
    const expected = answersFrom(project.read("data/power_1.csv"));
    t.deepEqual(outputs.rows, { ...expected.rows, loaded: expected.rows.stored });
    t.deepEqual(outputs.monthlyKwhPerDay, expected.monthlyKwhPerDay);
    t.deepEqual(outputs.tariffs, expected.tariffs);
    t.true(outputs.model.linear.mse < outputs.model.training_mean.mse, "the model beats the mean");
    await withDatabase(async (database) => {
        t.is(await database.collection("data").countDocuments(), outputs.rows.stored);
        t.true((await database.collection("results").countDocuments({ run: outputs.runs.analyze.id })) > 0);
    });
});

test.serial("a second up, a preview and a refresh find nothing to do", async (t) => {
    t.deepEqual(Object.keys(counts(await project.up())), ["unchanged"]);
    const { output, code } = await project.pulumi("preview", "--expect-no-changes");
    t.is(code, 0, output);
    const refreshed = await project.pulumi("refresh", "--yes", "--skip-preview");
    t.deepEqual(Object.keys(counts(refreshed.output)), ["unchanged"], refreshed.output);
});

test.serial("a driver leaves its log and no service", (t) => {
    const names = dockerLines("ps", "--all", "--format", "{{.Names}}");
    t.deepEqual(
        names.filter((name) => /-(ingest|load|analyze|train)-/.test(name)),
        [],
    );
    for (const job of ["ingest", "load", "analyze", "train"]) {
        const record = JSON.parse(readFileSync(join(project.workspace, "runs", `${job}.json`), "utf8"));
        t.regex(readFileSync(record.log, "utf8"), /"event":"result"/);
    }
});

test.serial("the parts answer on the loopback address, and ask who is there", async (t) => {
    const { jupyterToken, mongoExpressPassword } = await logins();
    const status = async (port: number, path: string, headers = {}) =>
        (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).status;
    const basic = { Authorization: `Basic ${btoa(`admin:${mongoExpressPassword}`)}` };
    t.is(await status(PORTS.jupyter, "/api/contents"), 403);
    t.is(await status(PORTS.jupyter, "/api/contents", { Authorization: `token ${jupyterToken}` }), 200);
    t.is(await status(PORTS.mongoExpress, "/"), 401);
    t.is(await status(PORTS.mongoExpress, "/db/power/data", basic), 200);
    t.is(await status(PORTS.spark, "/"), 200);
    t.is(await status(PORTS.hdfs, "/webhdfs/v1/lake?op=LISTSTATUS"), 200);
    await t.throwsAsync(
        withDatabase((database) => database.command({ ping: 1 }), "wrong"),
        { code: 18 },
    );
    t.deepEqual(openPorts(), before.ports, "nothing listens beyond it");
});

test.serial("no secret stands where it could be read", async (t) => {
    const secrets = await passwords();
    t.is(secrets.length, 7);
    const places: Record<string, string> = {
        state: readdirSync(project.path("state"), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
            .join(),
        services: docker("service", "inspect", ...dockerLines("service", "ls", "--quiet")),
        containers: docker("inspect", ...dockerLines("ps", "--all", "--quiet")),
        configs: docker("config", "inspect", ...dockerLines("config", "ls", "--quiet")),
        images: docker(
            "inspect",
            ...dockerLines("images", "--quiet", "--filter", "reference=london-power-*"),
        ),
        logs: dockerLines("ps", "--quiet")
            .map((id) => execFileSync("sh", ["-c", `docker logs ${id} 2>&1`], { encoding: "utf8" }))
            .join(),
        runs: readdirSync(join(project.workspace, "runs"))
            .map((name) => readFileSync(join(project.workspace, "runs", name), "utf8"))
            .join(),
        processes: execFileSync(
            "sh",
            ["-c", "cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null || true"],
            {
                encoding: "latin1",
            },
        ),
        "Spark's page": await (await fetch(`http://127.0.0.1:${PORTS.spark}/`)).text(),
    };
    for (const [place, content] of Object.entries(places)) {
        t.true(content.length > 100, `${place} has been looked into`);
        for (const secret of secrets) {
            t.false(content.includes(secret) || content.includes(btoa(secret)), place);
        }
    }
});

test.serial(
    "a job that fails, fails the deployment, leaves no driver and runs again once mended",
    async (t) => {
        const script = project.read("jobs/pyspark/train.py");
        const broken = script.replace("return training.train(job)", 'raise ValueError("no such weather")');
        t.not(broken, script);
        project.write("jobs/pyspark/train.py", broken);
        const output = await project.upFails();
        t.regex(output, /train failed: ValueError: no such weather/);
        t.deepEqual(containersOf(`${PARTS}-train`), []);
        project.write("jobs/pyspark/train.py", script);
        const mended = counts(await project.up());
        t.truthy(mended.updated, JSON.stringify(mended));
    },
);

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

test.serial("what was removed by hand is put back: a service, and a user of MongoDB", async (t) => {
    docker("service", "rm", `${PARTS}-mongo-express`);
    await withDatabase((_, client) => client.db("admin").command({ dropUser: "analysis" }));
    const refreshed = await project.pulumi("refresh", "--yes", "--skip-preview");
    t.is(counts(refreshed.output).deleted, 2, refreshed.output);
    t.is(counts(await project.up()).created, 2);
    t.is(containersOf(`${PARTS}-mongo-express`).length, 1);
    t.deepEqual(Object.keys(counts(await project.up())), ["unchanged"]);
});

test.serial("destroy leaves nothing on the engine", async (t) => {
    const { code, output } = await project.pulumi("destroy", "--yes", "--skip-preview");
    t.is(code, 0, output);
    t.deepEqual(leftOf(PARTS), before.left);
    t.deepEqual(openPorts(), before.ports);
});

async function logins(): Promise<Record<string, string>> {
    return JSON.parse((await project.pulumi("stack", "output", "logins", "--json", "--show-secrets")).output);
}

/** All passwords that the stack has made. */
async function passwords(): Promise<string[]> {
    const state = JSON.parse((await project.pulumi("stack", "export", "--show-secrets")).output);
    const resources: { type: string; outputs: { result: { plaintext: string } } }[] =
        state.deployment.resources;
    return resources
        .filter(({ type }) => type.endsWith(":RandomPassword"))
        .map(({ outputs }) => JSON.parse(outputs.result.plaintext));
}

async function withDatabase<T>(
    work: (database: ReturnType<MongoClient["db"]>, client: MongoClient) => Promise<T>,
    password?: string,
): Promise<T> {
    const auth = { username: "root", password: password ?? ((await logins()).mongoRootPassword as string) };
    const client = new MongoClient(`mongodb://127.0.0.1:${PORTS.mongo}/?directConnection=true`, { auth });
    try {
        return await work(client.db("power"), client);
    } finally {
        await client.close();
    }
}
