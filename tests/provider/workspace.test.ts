// Whoever reaches Pulumi's engine while it runs can ask for a resource with any path: what writes, runs and deletes files
// of this machine does so in a stack's workspace alone.
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { isInWorkspace } from "../../provider/host/workspace.ts";
import { mongoServer } from "../../provider/kinds/mongoServer.ts";
import { scheduler } from "../../provider/kinds/scheduler.ts";
import { secretFile } from "../../provider/kinds/secretFile.ts";
import { LocalLauncher } from "../../provider/launchers/local.ts";
import { folder } from "../folder.ts";
import { contextWith } from "./context.ts";
import { workspace } from "./workspace.ts";

const CONTEXT = contextWith();
const REFUSED = /does not lie in the workspace of a stack/;

test("a path below a marker is in the workspace, even if it does not exist, unless a link leads out", async (t) => {
    const [path, elsewhere] = [await workspace(t), folder(t)];
    t.true(await isInWorkspace(join(path, "secrets/mongo-uri")));
    t.false(await isInWorkspace(path), "the workspace itself is its own resource's");
    t.false(await isInWorkspace(join(path, "..", "secret")));
    t.false(await isInWorkspace(`${path}/../secret`));
    t.false(await isInWorkspace(join(elsewhere, "secret")));
    t.false(await isInWorkspace("secrets/mongo-uri"));

    symlinkSync(elsewhere, join(path, "secrets"));
    t.false(await isInWorkspace(join(path, "secrets/mongo-uri")), "by a folder that is a link");
    symlinkSync(join(elsewhere, "file"), join(path, "file"));
    t.false(await isInWorkspace(join(path, "file")), "by a file that is a link");
});

// In series, as it plays another user, which all tests of this file would see.
test.serial("a marker of another user is not trusted", async (t) => {
    const inside = join(await workspace(t), "secret");
    const [euid, other] = [process.geteuid, (process.geteuid?.() ?? 0) + 1];
    process.geteuid = () => other;
    try {
        t.false(await isInWorkspace(inside));
    } finally {
        process.geteuid = euid;
    }
    t.true(await isInWorkspace(inside));
});

test("a secret is written and removed in a workspace only", async (t) => {
    const path = join(folder(t), "authorized_keys");
    const inputs = { path, content: "ssh-ed25519 AAAA" };
    await t.throwsAsync(secretFile.create(inputs, CONTEXT), { message: REFUSED });
    t.false(existsSync(path));
    writeFileSync(path, "mine");
    const change = { id: path, oldInputs: inputs, oldOutputs: {}, inputs };
    await t.throwsAsync(secretFile.update(change, CONTEXT), { message: REFUSED });
    await secretFile.delete(path, {}, inputs, CONTEXT);
    t.true(existsSync(path));
});

test("the embedded server keeps and deletes its data in a workspace only", async (t) => {
    const dataDir = holding(t, "mine");
    const inputs = { dataDir, port: 0 };
    const outputs = { uri: "", port: 0, pid: 0, generation: "", log: "" };
    await t.throwsAsync(mongoServer.create(inputs, CONTEXT), { message: REFUSED });
    const change = { id: dataDir, oldInputs: inputs, oldOutputs: outputs, inputs };
    await t.throwsAsync(mongoServer.update(change, CONTEXT), { message: REFUSED });
    await mongoServer.delete(dataDir, outputs, inputs, CONTEXT);
    t.deepEqual(readdirSync(dataDir), ["mine"]);
});

test("the scheduler works and is deleted in a workspace only", async (t) => {
    const scheduleDir = holding(t, "mine");
    const inputs = {
        cron: "0 3 1 1 *",
        timeZone: "UTC",
        code: "c1",
        jobs: [],
        launcher: { ...launcherIn(await workspace(t)), scheduleDir },
    };
    const outputs = { pid: 0, log: "" };
    await t.throwsAsync(scheduler.create(inputs, CONTEXT), { message: REFUSED });
    await scheduler.delete(scheduleDir, outputs, inputs, CONTEXT);
    t.deepEqual(readdirSync(scheduleDir), ["mine"]);
});

for (const key of ["runsDir", "scratchDir", "scheduleDir"] as const) {
    test(`a run whose ${key} is outside of a workspace does not start, and nothing is removed there`, async (t) => {
        const outside = holding(t, "count.json");
        writeFileSync(join(outside, "count.json"), JSON.stringify({ log: join(outside, "mine") }));
        writeFileSync(join(outside, "mine"), "");
        const launcher = new LocalLauncher({ ...launcherIn(await workspace(t)), [key]: outside });
        const work = { job: "count", script: "count.py", args: [], conf: {}, uses: [], results: {} };
        await t.throwsAsync(launcher.submit({ runId: "count-1", ...work }), { message: REFUSED });
        await launcher.forget("count");
        t.deepEqual(readdirSync(outside).sort(), ["count.json", "mine"]);
    });
}

/** A folder of this user's that no stack has made, with a file in it. */
function holding(t: ExecutionContext, file: string): string {
    const path = join(folder(t), "theirs");
    mkdirSync(path);
    writeFileSync(join(path, file), "");
    return path;
}

function launcherIn(path: string) {
    return {
        kind: "local" as const,
        cores: 1,
        memory: "1g",
        runsDir: join(path, "runs"),
        scratchDir: join(path, "scratch"),
        scheduleDir: join(path, "schedule"),
    };
}
