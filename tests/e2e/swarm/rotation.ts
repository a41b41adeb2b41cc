// The platform while its credentials change, and after an interrupted change.
import type { TestFn } from "ava";
import { MongoClient } from "mongodb";
import { type Project, type Running, until } from "../project.ts";
import { startClients } from "./clients.ts";
import { containerOf, containersOf, docker, dockerLines, healthy } from "./docker.ts";
import { logins, type Stage } from "./stage.ts";

const REQUESTS = 10_000;

/** Whom secrets let in that are not rotated. */
const EVERYBODY = ["root", "mongo-express", "gateway", "jupyter", "analysis"];

/** Adds the stories to a test file; `stage` is called when they run. */
export function tellRotationStories(test: TestFn, stage: () => Stage): void {
    test.serial("a preview of a rotation shows the rotation and nothing else", async (t) => {
        const { project } = stage();
        await project.pulumi("config", "set", "london-power:rotationExpress", "1");
        const { output } = await project.pulumi("preview");
        // The service, the time of the rotation and the inventory of the engine; the password and its secret.
        t.regex(output, /^ +~ 3 to update\n +\+-2 to replace\n +5 changes\. \d+ unchanged$/m);
        await project.pulumi("config", "rm", "london-power:rotationExpress");
    });

    test.serial("all credentials change under load, though the engine is killed in the midst", async (t) => {
        const { project, parts, ports } = stage();
        const [before, began] = [await secretsOf(stage()), Date.now()];
        const { runs } = await project.outputs();
        const clients = startClients(parts, ports);
        t.teardown(() => clients.stop(0));
        const rotation = rotate(project);
        await until("services that change", () => /dev-jupyter-jupyter updating/.test(rotation.output()));
        process.kill(-rotation.pid, "SIGKILL");
        await rotation.ended;
        const finished = await project.script("tools/stack.ts", "up", project.stack);
        t.is(finished.code, 0, finished.output);

        const tallies = await clients.stop(REQUESTS);
        const done = Object.values(tallies);
        const requests = done.reduce((sum, tally) => sum + tally.requests, 0);
        const failures = done.flatMap((tally) => tally.failures);
        t.log(`${requests} requests, ${failures.length} failures, ${(Date.now() - began) / 1000} s`);
        t.log(JSON.stringify(tallies, (key, value) => (key === "failures" ? value.length : value)));
        t.deepEqual(failures.slice(0, 5), []);
        for (const [name, { renewals }] of Object.entries(tallies)) {
            t.true(renewals <= 2, `${name} is refused where old gives way to new, not by turns between them`);
        }
        t.true(requests >= REQUESTS);

        t.deepEqual((await project.outputs()).runs, runs, "no job has run again");
        const after = await secretsOf(stage());
        t.is(after.docker.length, before.docker.length, "as many Docker secrets as before");
        const changing = (ids: string[]) => ids.filter((id) => !before.docker.includes(id));
        t.is(
            changing(after.docker).length,
            before.docker.length - 1,
            "all but that of MongoDB's first start",
        );
        t.deepEqual(await accepted(stage(), before), [], "old passwords are refused");
        t.deepEqual(await accepted(stage(), after), EVERYBODY);
        t.is((await project.pulumi("preview", "--expect-no-changes")).code, 0);
    });

    test.serial(
        "with MongoDB away a rotation fails and changes nothing; one whose service is put back, no more",
        async (t) => {
            const { project, parts } = stage();
            const before = await secretsOf(stage());
            const mongo = await containerOf(`${parts}-mongo`);
            docker("pause", mongo);
            const away = await rotate(project, "mongo").ended;
            docker("unpause", mongo);
            t.not(away.code, 0);
            t.regex(away.output, /MongoAdmin[\s\S]*(timed out|ETIMEDOUT|ECONNREFUSED)/);
            await until("MongoDB", () => healthy(`${parts}-mongo`).length === 1);
            t.deepEqual(await accepted(stage(), before), EVERYBODY);

            const service = `${parts}-mongo-express`;
            const shown = (await containerOf(service)).slice(0, 12);
            await until("no other container", () => containersOf(service).length === 1);
            const putBack = project.startScript("tools/stack.ts", "up", project.stack);
            await until("a new container", () => containersOf(service).length === 2);
            docker("kill", ...containersOf(service).filter((id) => id !== shown));
            const { code, output } = await putBack.ended;
            t.not(code, 0);
            t.regex(output, /rollback/);
            t.deepEqual(containersOf(service), [shown]);
            t.true((await accepted(stage(), before)).includes("mongo-express"));

            const mended = await project.script("tools/stack.ts", "up", project.stack);
            t.is(mended.code, 0, mended.output);
            t.notDeepEqual(containersOf(service), [shown]);
            t.deepEqual(
                await accepted(stage(), before),
                ["mongo-express", "gateway", "jupyter"],
                "those were not rotated",
            );
            t.is((await project.pulumi("preview", "--expect-no-changes")).code, 0);
        },
    );
}

/** What `make rotate STACK=… ONLY=…` does after set-up. */
function rotate(project: Project, only = ""): Running {
    return project.startScript("-c", `exec node tools/rotate.ts ${project.stack} ${only}`);
}

interface Secrets {
    /** Ids of the stack's Docker secrets. */
    docker: string[];
    jupyter: string;
    mongoExpress: string;
    gateway: string;
    root: string;
    /** Connection string, as a notebook has it. */
    analysis: string;
}

async function secretsOf({ project, parts }: Stage): Promise<Secrets> {
    const {
        gatewayPassword = "",
        jupyterToken = "",
        mongoExpressPassword = "",
        mongoRootPassword = "",
    } = await logins(project);
    const filter = `label=com.docker.stack.namespace=${parts}`;
    return {
        docker: dockerLines("secret", "ls", "--quiet", "--filter", filter),
        jupyter: jupyterToken,
        mongoExpress: mongoExpressPassword,
        gateway: gatewayPassword,
        root: mongoRootPassword,
        analysis: docker("exec", await containerOf(`${parts}-jupyter`), "cat", "/run/secrets/mongo-analysis"),
    };
}

/** Which of the secrets let somebody in. */
async function accepted({ ports }: Stage, secrets: Secrets): Promise<string[]> {
    const mongo = async (uri: string) => {
        const client = new MongoClient(uri);
        try {
            await client.db("power").command({ ping: 1 });
            return true;
        } catch (error) {
            if ((error as { code?: number }).code === 18) {
                return false;
            }
            throw error;
        } finally {
            await client.close();
        }
    };
    const http = async (url: string, Authorization: string) =>
        (await fetch(url, { headers: { Authorization } })).status === 200;
    const address = `127.0.0.1:${ports.mongo}`;
    const answers = {
        root: await mongo(
            `mongodb://root:${secrets.root}@${address}/?authSource=admin&directConnection=true`,
        ),
        "mongo-express": await http(
            `http://127.0.0.1:${ports.mongoExpress}/db/power/data`,
            `Basic ${btoa(`admin:${secrets.mongoExpress}`)}`,
        ),
        gateway: await http(`http://127.0.0.1:${ports.spark}/`, `Basic ${btoa(`admin:${secrets.gateway}`)}`),
        jupyter: await http(`http://127.0.0.1:${ports.jupyter}/api/contents`, `token ${secrets.jupyter}`),
        analysis: await mongo(secrets.analysis.replace("@mongo:27017", `@${address}`)),
    };
    return Object.entries(answers).flatMap(([name, isAccepted]) => (isAccepted ? [name] : []));
}
