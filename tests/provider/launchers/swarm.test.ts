// The launcher of a swarm against a server in place of the engine. tests/e2e/swarm.test.ts runs real drivers.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import type { Submission } from "../../../provider/launchers/launcher.ts";
import { SwarmLauncher } from "../../../provider/launchers/swarm.ts";
import { folder } from "../../folder.ts";
import { dockerEngine, frame } from "../dockerEngine.ts";

const NEVER = new AbortController().signal;

test("a run is the one of its record, else that of the service with its labels, else none", async (t) => {
    const { engine, launcher, runsDir } = await swarm(t);
    t.is(await launcher.find("load"), undefined);
    engine.services.push({ ID: "s9", ...labelled("load-9") });
    const found = { runId: "load-9", job: "load", startedAt: "2026-01-01T00:00:00Z", service: "s9" };
    t.deepEqual(await launcher.find("load"), { ...found, log: join(runsDir, "load-9.log") });
    const recorded = await launcher.submit(submissionOf("load-10"));
    t.deepEqual(await launcher.find("load"), recorded);
});

test("a submission removes what is left of the job's earlier runs before it creates the new service", async (t) => {
    const { engine, launcher } = await swarm(t);
    engine.services.push({ ID: "s1", ...labelled("load-1") });
    engine.containers.push({ Id: "c1", State: "running" }, { Id: "c2", State: "exited" });
    const run = await launcher.submit(submissionOf("load-2"));
    t.like(run, { runId: "load-2", job: "load", service: "created" });
    t.deepEqual(engine.changes, [
        "DELETE /services/s1",
        "POST /containers/c1/stop?t=20",
        "DELETE /containers/c1?v=true",
        "DELETE /containers/c2?v=true",
        "POST /services/create",
    ]);
    t.is(readFileSync(run.log, "utf8"), "");
});

test("each line is passed on once and in order, also those that the live stream has not delivered", async (t) => {
    const { engine, launcher } = await swarm(t);
    const run = await launcher.submit(submissionOf("load-1"));
    engine.live = [frame(1, "one\n")];
    engine.log = [frame(1, "one\n"), frame(2, "two\n"), frame(1, "three")];
    engine.task = { State: "complete", ContainerStatus: { ExitCode: 0 } };
    const lines: string[] = [];
    const ending = await launcher.follow(run, (line) => lines.push(line), NEVER);
    t.deepEqual(ending, { code: 0, text: "exit code 0" });
    t.deepEqual(lines, ["one", "two", "three"]);
    t.is(readFileSync(run.log, "utf8"), "one\ntwo\nthree\n", "the log on this machine is complete");
});

test("a service that was removed leaves the lines that this machine has, and no exit code", async (t) => {
    const { engine, launcher } = await swarm(t);
    const run = await launcher.submit(submissionOf("load-1"));
    writeFileSync(run.log, "one\ntwo\n");
    engine.services.length = 0;
    const lines: string[] = [];
    const ending = await launcher.follow(run, (line) => lines.push(line), NEVER);
    t.deepEqual(ending, { text: "its service is gone" });
    t.deepEqual(lines, ["one", "two"]);
    t.is(readFileSync(run.log, "utf8"), "one\ntwo\n");
});

test("a service that is removed while its lines are shown repeats none of them", async (t) => {
    const { engine, launcher } = await swarm(t);
    const run = await launcher.submit(submissionOf("load-1"));
    engine.task = { State: "running" };
    engine.live = [frame(1, "one\ntwo\n")];
    const lines: string[] = [];
    const onLine = (line: string) => {
        lines.push(line);
        engine.services.length = 0;
        engine.task = undefined;
    };
    t.deepEqual(await launcher.follow(run, onLine, NEVER), { text: "its service is gone" });
    t.deepEqual(lines, ["one", "two"]);
});

test("an error of the engine is passed on, and not taken for a removed service", async (t) => {
    const { engine, launcher } = await swarm(t);
    const run = await launcher.submit(submissionOf("load-1"));
    engine.task = "nonsense" as never;
    await t.throwsAsync(
        launcher.follow(run, () => {}, NEVER),
        { instanceOf: TypeError },
    );
});

test("following stops at the signal, with its reason, and leaves the driver alone", async (t) => {
    const { engine, launcher } = await swarm(t);
    const run = await launcher.submit(submissionOf("load-1"));
    engine.task = { State: "running" };
    const controller = new AbortController();
    const following = launcher.follow(run, () => {}, controller.signal);
    controller.abort(new Error("Ctrl-C"));
    await t.throwsAsync(following, { message: "Ctrl-C" });
    t.deepEqual(engine.changes, ["POST /services/create"]);
});

test("a settled run has its outcome in the record, and its service is gone", async (t) => {
    const { engine, launcher } = await swarm(t);
    const run = await launcher.submit(submissionOf("load-1"));
    const outcome = { state: "succeeded" as const, metrics: { rows: 3 }, seconds: 1.5 };
    await launcher.settle(run, outcome);
    t.like(await launcher.find("load"), { runId: "load-1", outcome });
    t.deepEqual(engine.services, []);
});

test("a service is not removed while its container is about to start, which would outlive it", async (t) => {
    const { engine, launcher } = await swarm(t);
    const run = await launcher.submit(submissionOf("load-1"));
    engine.task = { State: "preparing" };
    const cancelling = launcher.cancel(run);
    await new Promise((resolve) => setTimeout(resolve, 100));
    t.deepEqual(engine.changes, ["POST /services/create"]);
    engine.task = { State: "running" };
    await cancelling;
    t.deepEqual(engine.changes, ["POST /services/create", "DELETE /services/created"]);
});

test("a forgotten job leaves neither service nor record nor folder, and no file of others is touched", async (t) => {
    const { launcher, runsDir } = await swarm(t);
    await launcher.submit(submissionOf("load-1"));
    const other = join(runsDir, "mine.txt");
    writeFileSync(other, "");
    await launcher.forget("load");
    t.is(await launcher.find("load"), undefined);
    t.false(existsSync(join(runsDir, "load-1.log")));
    t.true(existsSync(other));

    const { launcher: alone, runsDir: folderAlone } = await swarm(t);
    await alone.submit(submissionOf("load-1"));
    await alone.forget("load");
    t.false(existsSync(folderAlone));
});

interface Service {
    ID: string;
    Spec: { Labels: Record<string, string> };
}

/** What the engine has, and the calls that have changed it. */
interface Engine {
    services: Service[];
    containers: { Id: string; State: string }[];
    task: { State: string; ContainerStatus?: { ExitCode: number } } | undefined;
    /** The log as it is streamed, and as it is read at the end. */
    live: Buffer[];
    log: Buffer[];
    changes: string[];
}

/** An engine without services, and a launcher on it. */
async function swarm(t: ExecutionContext) {
    const engine: Engine = { services: [], containers: [], task: undefined, live: [], log: [], changes: [] };
    const host = await dockerEngine(t, (call, body) => answerOf(engine, call, body));
    const runsDir = join(folder(t), "stack/runs");
    const launcher = new SwarmLauncher({
        kind: "swarm",
        host,
        runsDir,
        stack: "lp",
        image: "spark:1",
        network: "net",
        volume: "vol",
        scripts: "/london-power/jobs/abc",
        secrets: [],
        logins: {},
        constraints: [],
        memory: "2g",
        memoryLimit: 3 << 30,
    });
    return { engine, launcher, runsDir };
}

function answerOf(engine: Engine, call: string, body: Service["Spec"]): unknown {
    const { services, containers, task } = engine;
    if (!call.startsWith("GET")) {
        engine.changes.push(call);
    }
    const [, method, kind, id] = /^(\w+) \/(\w+)\/?([\w-]*)/.exec(call) as unknown as [
        string,
        string,
        string,
        string,
    ];
    switch (`${method} ${kind}`) {
        case "GET services":
            if (call.includes("/logs?")) {
                if (services.length === 0) {
                    return undefined;
                }
                return Buffer.concat(call.includes("follow=true") ? engine.live : engine.log);
            }
            return id === "" ? services.filter(hasLabelsOf(call)) : services.find(({ ID }) => ID === id);
        case "POST services":
            services.push({ ID: "created", Spec: body });
            return { ID: "created" };
        case "DELETE services":
            return services.splice(services.findIndex(({ ID }) => ID === id));
        case "GET tasks":
            return task ? [typeof task === "string" ? {} : { Status: task }] : [];
        case "GET containers":
            return containers;
        case "DELETE containers":
            return containers.splice(
                containers.findIndex(({ Id }) => Id === id),
                1,
            );
        default:
            return {};
    }
}

/** The engine's filter by labels. */
function hasLabelsOf(call: string): (service: Service) => boolean {
    const { label } = JSON.parse(call.slice(call.indexOf("{"))) as { label: string[] };
    return ({ Spec }) =>
        label.every((each) => Spec.Labels[each.split("=")[0] as string] === each.split("=")[1]);
}

function labelled(runId: string): Pick<Service, "Spec"> {
    const Labels = {
        "london-power.stack": "lp",
        "london-power.job": "load",
        "london-power.run": runId,
        "london-power.started-at": "2026-01-01T00:00:00Z",
    };
    return { Spec: { Labels } };
}

function submissionOf(runId: string): Submission {
    return { runId, job: "load", script: "jobs/pyspark/load.py", args: [], conf: {}, uses: [], results: {} };
}
