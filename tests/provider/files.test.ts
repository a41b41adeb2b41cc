import {
    appendFileSync,
    chmodSync,
    existsSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { join } from "node:path";
import test from "ava";
import { tailLines } from "../../provider/host/tail.ts";
import { directory } from "../../provider/kinds/directory.ts";
import { secretFile } from "../../provider/kinds/secretFile.ts";
import { FolderRecords } from "../../provider/launchers/records.ts";
import { folder } from "../folder.ts";
import { contextWith } from "./context.ts";
import { workspace } from "./workspace.ts";

const CONTEXT = contextWith();

test("a folder is created, found again with its generation, created again with another one, and deleted", async (t) => {
    const path = join(folder(t), "deep/er");
    const { id, outputs } = await directory.create({ path }, CONTEXT);
    t.is(outputs.uri, `file://${path}`);
    t.is(statSync(path).mode & 0o777, 0o700, "it is for its owner alone");
    t.deepEqual(
        (await directory.create({ path }, CONTEXT)).outputs,
        outputs,
        "an interrupted deployment finds it",
    );
    const change = { id, oldInputs: { path }, oldOutputs: outputs, inputs: { path } };
    t.is(await directory.diff(change, CONTEXT), undefined);

    rmSync(path, { recursive: true });
    t.is(await directory.read(id, outputs, { path }), undefined);
    t.deepEqual((await directory.diff(change, CONTEXT))?.properties, ["generation"]);
    const { generation } = await directory.update(change, CONTEXT);
    t.not(generation, outputs.generation);

    await directory.delete(id, outputs, { path }, CONTEXT);
    t.true(existsSync(path), "the one of another generation stays");
    await directory.delete(id, { ...outputs, generation }, { path }, CONTEXT);
    t.false(existsSync(path));
});

test("a folder with other files is neither used nor deleted", async (t) => {
    const path = folder(t);
    writeFileSync(join(path, "mine"), "");
    await t.throwsAsync(directory.create({ path }, CONTEXT), {
        message: /holds files[\s\S]*pulumi config set london-power:workspace/,
    });
    await directory.delete(path, { uri: "", generation: "" }, { path }, CONTEXT);
    t.true(existsSync(join(path, "mine")));
});

test("a folder of another stack is not used", async (t) => {
    const path = join(folder(t), "theirs");
    await directory.create({ path }, contextWith({ urn: "urn:pulumi:theirs::london-power::a::b" }));
    await t.throwsAsync(directory.create({ path }, CONTEXT), {
        message: /was not made by this stack[\s\S]* --stack test$/,
    });
});

test("an existing empty folder is used, and closed to other users", async (t) => {
    const path = folder(t);
    chmodSync(path, 0o755);
    await directory.create({ path }, CONTEXT);
    t.is(statSync(path).mode & 0o777, 0o700);
});

// In series, as it plays another user, which all tests of this file would see.
test.serial(
    "a folder with a marker is not trusted if it is a link, belongs to another user, or is writable by others",
    async (t) => {
        const dir = folder(t);
        const path = join(dir, "workspace");
        const { id, outputs } = await directory.create({ path }, CONTEXT);
        const change = { id, oldInputs: { path }, oldOutputs: outputs, inputs: { path } };
        const refused = async (message: RegExp) => {
            t.like(await directory.diff(change, CONTEXT), { properties: ["path"] });
            await t.throwsAsync(directory.update(change, CONTEXT), { message });
            await t.throwsAsync(directory.create({ path }, CONTEXT), { message });
            await directory.delete(id, outputs, { path }, CONTEXT);
            t.true(existsSync(path), "it is not deleted either");
        };

        chmodSync(path, 0o770);
        await refused(/can be written to by others[\s\S]*chmod 700[\s\S]*london-power:workspace/);
        chmodSync(path, 0o700);

        renameSync(path, join(dir, "elsewhere"));
        symlinkSync(join(dir, "elsewhere"), path);
        await refused(/is a link/);
        rmSync(path);
        writeFileSync(path, "");
        await refused(/is not a folder/);
        rmSync(path);
        renameSync(join(dir, "elsewhere"), path);

        const [euid, other] = [process.geteuid, (process.geteuid?.() ?? 0) + 1];
        process.geteuid = () => other;
        try {
            await refused(/belongs to another user/);
        } finally {
            process.geteuid = euid;
        }
        t.is(await directory.diff(change, CONTEXT), undefined);
    },
);

test("a folder that was opened to other readers is closed again", async (t) => {
    const path = join(folder(t), "workspace");
    const { id, outputs } = await directory.create({ path }, CONTEXT);
    const change = { id, oldInputs: { path }, oldOutputs: outputs, inputs: { path } };
    chmodSync(path, 0o755);
    t.like(await directory.diff(change, CONTEXT), { properties: ["path"] });
    t.deepEqual(await directory.update(change, CONTEXT), outputs, "it is the same folder");
    t.is(statSync(path).mode & 0o777, 0o700);
});

test("only the owner can read the folder of logs, even if it was open before", async (t) => {
    const runsDir = join(folder(t), "stack/runs");
    const records = new FolderRecords(runsDir);
    t.is(await records.newLog("count-1"), join(runsDir, "count-1.log"));
    t.is(statSync(runsDir).mode & 0o777, 0o700);
    chmodSync(runsDir, 0o755);
    t.is(readFileSync(await records.newLog("count-2"), "utf8"), "");
    t.is(statSync(runsDir).mode & 0o777, 0o700);
});

test("only the owner can read a secret file, and changes of its content or mode are found and repaired", async (t) => {
    const path = join(await workspace(t), "new/secret");
    const inputs = { path, content: "s" };
    const { id, outputs } = await secretFile.create(inputs, CONTEXT);
    t.is(statSync(path).mode & 0o777, 0o600);
    const change = { id, oldInputs: inputs, oldOutputs: outputs, inputs };
    t.is(await secretFile.diff(change, CONTEXT), undefined);
    for (const spoil of [() => chmodSync(path, 0o644), () => writeFileSync(path, "x"), () => rmSync(path)]) {
        spoil();
        t.deepEqual((await secretFile.diff(change, CONTEXT))?.properties, ["content"]);
        await secretFile.update(change, CONTEXT);
        t.is(await secretFile.diff(change, CONTEXT), undefined);
    }
    t.is(readFileSync(path, "utf8"), "s");
});

test("a growing file is followed to its end, even if characters and lines arrive in pieces", async (t) => {
    const path = join(folder(t), "log");
    writeFileSync(path, "one\ntw");
    const lines: string[] = [];
    let done = false;
    const following = tailLines(
        path,
        (line) => lines.push(line),
        async () => done,
        CONTEXT.signal,
    );
    const euro = Buffer.from("€");
    appendFileSync(path, Buffer.concat([Buffer.from("o\n"), euro.subarray(0, 1)]));
    await new Promise((resolve) => setTimeout(resolve, 300));
    appendFileSync(path, Buffer.concat([euro.subarray(1), Buffer.from("\nlast")]));
    done = true;
    await following;
    t.deepEqual(lines, ["one", "two", "€", "last"]);
});

test("following stops at its signal", async (t) => {
    const path = join(folder(t), "log");
    writeFileSync(path, "");
    const controller = new AbortController();
    const following = tailLines(
        path,
        () => {},
        async () => false,
        controller.signal,
    );
    controller.abort(new Error("enough"));
    await t.throwsAsync(following, { message: "enough" });
});

test("removing a record removes the log that is kept with it, and no file that the record names", async (t) => {
    const own = folder(t);
    const records = new FolderRecords(join(own, "runs"));
    const log = await records.newLog("ingest-1");
    const mine = join(own, "mine.log");
    writeFileSync(mine, "");
    await records.write({ runId: "ingest-1", job: "ingest", startedAt: "2026-01-01T00:00:00Z", log: mine });
    await records.remove("ingest");
    t.false(existsSync(log));
    t.true(existsSync(mine));
});
