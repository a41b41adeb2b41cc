import {
    appendFileSync,
    chmodSync,
    existsSync,
    readFileSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { join } from "node:path";
import test from "ava";
import { tailLines } from "../../provider/host/tail.ts";
import { directory } from "../../provider/kinds/directory.ts";
import { secretFile } from "../../provider/kinds/secretFile.ts";
import { folder } from "../folder.ts";
import { contextWith } from "./context.ts";

const CONTEXT = contextWith();

test("a folder is made, found again with its generation, made anew under another one when it went, and deleted", async (t) => {
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

test("a folder with somebody's files is neither taken nor deleted", async (t) => {
    const path = folder(t);
    writeFileSync(join(path, "mine"), "");
    await t.throwsAsync(directory.create({ path }, CONTEXT), {
        message: /holds files[\s\S]*pulumi config set london-power:workspace/,
    });
    await directory.delete(path, { uri: "", generation: "" }, { path }, CONTEXT);
    t.true(existsSync(join(path, "mine")));
});

test("a folder of another stack is not taken", async (t) => {
    const path = join(folder(t), "theirs");
    await directory.create({ path }, contextWith({ urn: "urn:pulumi:theirs::london-power::a::b" }));
    await t.throwsAsync(directory.create({ path }, CONTEXT), {
        message: /was not made by this stack[\s\S]* --stack test$/,
    });
});

test("an empty folder that was there is taken, and closed to others", async (t) => {
    const path = folder(t);
    chmodSync(path, 0o755);
    await directory.create({ path }, CONTEXT);
    t.is(statSync(path).mode & 0o777, 0o700);
});

test("a secret file is for its owner alone, and drift in content or mode is seen and mended", async (t) => {
    const path = join(folder(t), "new/secret");
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

test("a growing file is followed line by line to its end, characters and lines that come in pieces included", async (t) => {
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

test("following stops when told to", async (t) => {
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
