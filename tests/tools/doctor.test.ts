import { existsSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { folder } from "../folder.ts";
import { path, root, run, which } from "./shell.ts";

function doctor(t: ExecutionContext, programs: Record<string, string>, ...args: string[]) {
    const home = folder(t);
    const cache = join(home, "cache");
    return run([which("bash"), join(root, "tools/doctor.sh"), ...args], {
        PATH: path(t, [], programs),
        HOME: home,
        LONDON_POWER_CACHE: cache,
    }).then((result) => ({ ...result, cache }));
}

const nothingInReach = { curl: "exit 6" };
const anythingInReach = { curl: "exit 0" };
const node = { node: "echo v22.20.0", npm: "exit 0" };
const go = { go: "echo go1.25.3" };
// Answers what the scripts ask of a Python: its version, its platform line, and whether venv is there.
const python = {
    python3: `case "$2" in *base_prefix*) echo 3.11.2 /usr ;; *platform*) echo 3.11.2 ;; esac; [ "$1" != --version ] || echo Python 3.11.2`,
};

test("on an empty machine without network, the doctor names what to install and creates nothing", async (t) => {
    const { code, stdout, cache } = await doctor(t, nothingInReach);
    t.is(code, 1);
    t.regex(stdout, /STUCK +node +there is no node on the PATH.*nodejs\.org/);
    t.regex(stdout, /STUCK +pulumi +there is no pulumi on the PATH.*there is no go on the PATH/);
    t.regex(stdout, /STUCK +python +there is no python3 on the PATH/);
    t.false(existsSync(cache));
});

test("outdated programs are named with their version and the required version", async (t) => {
    const { stdout } = await doctor(t, {
        ...nothingInReach,
        node: "echo v18.0.0",
        go: "echo go1.19.1",
        pulumi: "echo v3.100.0",
        python3: "echo 3.8.1",
    });
    t.regex(stdout, /node +node 18\.0\.0 is older than 22\.18\.0/);
    t.regex(stdout, /Pulumi 3\.100\.0 is older than 3\.200\.0/);
    t.regex(stdout, /Go 1\.19\.1 is older than 1\.21\.0/);
    t.regex(stdout, /Python 3\.8\.1 is older than 3\.10\.0/);
});

test("without the download site, Pulumi is built with Go", async (t) => {
    const { code, stdout, stderr } = await doctor(t, { ...nothingInReach, ...node, ...go, ...python });
    t.is(code, 0, stdout + stderr);
    t.regex(stdout, /missing +pulumi .*builds 3\.256\.0 with Go/);
    t.regex(stdout, /missing +venv/);
});

test("with the download site, Pulumi is downloaded and Go is not needed", async (t) => {
    const { code, stdout } = await doctor(t, { ...anythingInReach, ...node, ...python });
    t.is(code, 0, stdout);
    t.regex(stdout, /missing +pulumi .*fetches 3\.256\.0 from get\.pulumi\.com/);
    t.notRegex(stdout, /STUCK/);
});

test("a Python without venv is reported", async (t) => {
    const { stdout } = await doctor(t, {
        ...nothingInReach,
        python3: `case "$2" in *platform*) echo 3.11.2 ;; *) exit 1 ;; esac`,
    });
    t.regex(stdout, /python +python3 \(3\.11\.2\) has no venv module/);
});

test("only the dev stack needs docker", async (t) => {
    const machine = { ...anythingInReach, ...node, ...python };
    t.notRegex((await doctor(t, machine, "local")).stdout, /docker/);
    const dev = await doctor(t, machine, "dev");
    t.is(dev.code, 1);
    t.regex(dev.stdout, /STUCK +docker +no Docker engine runs here, and only root may start one/);
    t.regex(dev.stdout, /missing +plugin +Pulumi's docker plugin/);
});

test("the gcp stack needs its plugin and credentials, but no docker", async (t) => {
    const machine = { ...anythingInReach, ...node, ...python };
    const { code, stdout } = await doctor(t, machine, "gcp");
    t.is(code, 1);
    t.regex(stdout, /missing +plugin +Pulumi's gcp plugin; make up: fetches it/);
    t.regex(
        stdout,
        /STUCK +google +there are no credentials\. Log in: gcloud auth application-default login/,
    );
    t.notRegex(stdout, /docker/);
});

// Answers what the scripts ask of a Docker command with an engine behind it.
const engine = (swarm: string) => `case "$1" in info) echo "${swarm}" ;; *) echo 20.10.24 ;; esac`;

test("an engine that cannot manage a swarm is refused, and one that can become a manager is accepted", async (t) => {
    const machine = { ...anythingInReach, ...node, ...python, hostname: "echo this-node", id: "echo 1000" };
    const worker = await doctor(t, { ...machine, docker: engine("active false") }, "dev");
    t.is(worker.code, 1);
    t.regex(worker.stdout, /STUCK +swarm +this node is a worker.*docker node promote this-node/);
    const fresh = await doctor(t, { ...machine, docker: engine("inactive false") }, "dev");
    t.is(fresh.code, 0, fresh.stdout);
    t.regex(fresh.stdout, /missing +swarm +the engine is in no swarm; make up: makes it the manager of one/);
    t.regex((await doctor(t, { ...machine, docker: engine("active true") }, "dev")).stdout, /here +swarm/);
});

test("somebody else's engine is never replaced by ours", async (t) => {
    const machine = { ...anythingInReach, ...node, ...python, id: "echo 1000" };
    const denied = { ...machine, docker: "echo 'permission denied while trying to connect' >&2; exit 1" };
    t.regex(
        (await doctor(t, denied, "dev")).stdout,
        /STUCK +docker +there is a Docker engine, but not for this user/,
    );
});

test("root on Debian gets an engine from make up", async (t) => {
    const machine = { ...anythingInReach, ...node, ...python, id: "echo 0", "apt-get": "exit 0" };
    const { code, stdout } = await doctor(t, machine, "dev");
    t.is(code, 0, stdout);
    t.regex(stdout, /missing +docker +there is no engine; make up: installs the system's own/);
});
