// Files in a bucket: Google's real client with the server in place of Google's.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test from "ava";
import { unzipSync } from "fflate";
import { bucketOf, isChangedObject } from "../../../provider/host/bucket.ts";
import { upload } from "../../../provider/host/upload.ts";
import { type BucketFilesInputs, bucketFiles } from "../../../provider/kinds/bucketFiles.ts";
import { FakeGoogle } from "../../fake-google/server.ts";
import { contextWith } from "../../provider/context.ts";

const LARGE = 20 * 1024 * 1024;

let google: FakeGoogle;
let folder: string;
test.before(async () => {
    google = await FakeGoogle.start();
    folder = mkdtempSync(join(tmpdir(), "london-power-"));
});
test.after.always(() => {
    google?.stop();
    rmSync(folder, { recursive: true, force: true });
});

test("files are put by their names, a large one with its progress; packages as archives too", async (t) => {
    const said: string[] = [];
    const names = ["a.csv", "deep/b c.csv", "large.csv", "job.py", "shared/__init__.py", "shared/in/it.py"];
    const inputs = await filesIn("put", names);
    const context = contextWith({ progress: (message) => said.push(message) });
    const { outputs } = await bucketFiles.create(inputs, context);
    t.is(outputs.uri, "gs://put/files/of mine");
    t.deepEqual(
        await google.storage.objects("put"),
        [...names, "shared.zip"].map((name) => `files/of mine/${name}`).sort(),
    );
    const [large] = await (await object("put", "large.csv")).download();
    t.is(large.length, LARGE);
    t.is(said.at(-1), "uploading 7 of 7 files: 100%");
    t.true(said.length < 8, "a line every few seconds, not one for every percent");
    const [archive] = await (await object("put", "shared.zip")).download();
    const inside = unzipSync(archive);
    t.deepEqual(Object.keys(inside).sort(), ["shared/__init__.py", "shared/in/it.py"]);
    t.is(Buffer.from(inside["shared/in/it.py"] as Uint8Array).toString(), "shared/in/it.py");
});

test("only what has changed is uploaded, and what is gone is removed", async (t) => {
    const inputs = await filesIn("change", ["a.csv", "b.csv", "c.csv"]);
    const { id, outputs } = await bucketFiles.create(inputs, contextWith());
    const before = await generations("change");
    writeFileSync(inputs.files["b.csv"] as string, "other");
    const { "c.csv": _, ...files } = inputs.files;
    const change = { id, oldInputs: inputs, oldOutputs: outputs, inputs: { ...inputs, files, digest: "2" } };
    t.deepEqual((await bucketFiles.diff(change, contextWith()))?.properties, ["digest"]);
    const updated = await bucketFiles.update(change, contextWith());
    const after = await generations("change");
    t.deepEqual(Object.keys(after), ["a.csv", "b.csv"]);
    t.is(after["a.csv"], before["a.csv"]);
    t.not(after["b.csv"], before["b.csv"]);
    t.deepEqual(Object.keys(updated.objects), ["a.csv", "b.csv"]);
});

test("another folder gets the files before the old one is cleared", async (t) => {
    const inputs = await filesIn("move", ["a.csv"]);
    const { id, outputs } = await bucketFiles.create(inputs, contextWith());
    const change = { id, oldInputs: inputs, oldOutputs: outputs, inputs: { ...inputs, folder: "elsewhere" } };
    t.is((await bucketFiles.update(change, contextWith())).uri, "gs://move/elsewhere");
    t.deepEqual(await google.storage.objects("move"), ["elsewhere/a.csv"]);
});

test("a refresh sees what was changed or removed by hand, and the next up puts it back", async (t) => {
    const inputs = await filesIn("drift", ["a.csv", "b.csv", "c.csv"]);
    const { id, outputs } = await bucketFiles.create(inputs, contextWith());
    t.deepEqual(await bucketFiles.read(id, outputs, inputs), outputs);
    await (await object("drift", "a.csv")).delete();
    await (await object("drift", "b.csv")).save("by hand");
    const found = await bucketFiles.read(id, outputs, inputs);
    t.like(found?.objects, { "a.csv": "", "b.csv": "" });
    const change = { id, oldInputs: inputs, oldOutputs: found ?? outputs, inputs };
    const difference = await bucketFiles.diff(change, contextWith());
    t.is(difference?.reason, "these objects were removed or changed and are uploaded again: a.csv, b.csv");
    t.deepEqual(await bucketFiles.update(change, contextWith()), outputs);
    t.is(`${(await (await object("drift", "b.csv")).download())[0]}`, "b.csv");
    await bucketFiles.delete(id, outputs, inputs, contextWith());
    t.is(await bucketFiles.read(id, outputs, inputs), undefined);
});

for (const name of ["a.csv", "large.csv"]) {
    test(`${name} that somebody else has put meanwhile is not overwritten`, async (t) => {
        const inputs = await filesIn(`race-${name}`, [name]);
        const file = await object(`race-${name}`, name);
        await file.save("theirs");
        const ours = upload(inputs.files[name] as string, file, 0, () => undefined, contextWith().signal);
        t.true(isChangedObject(await ours.catch((error) => error)));
        t.is(`${(await file.download())[0]}`, "theirs");
    });
}

test("Ctrl-C stops an upload in its midst", async (t) => {
    const inputs = await filesIn("stop", ["large.csv"]);
    const controller = new AbortController();
    const context = contextWith({
        signal: controller.signal,
        progress: () => controller.abort(new Error("cancelled")),
    });
    await t.throwsAsync(bucketFiles.create(inputs, context));
    t.deepEqual(await google.storage.objects("stop"), []);
});

test("a bucket that is not there is named", async (t) => {
    const inputs = await filesIn("other", ["a.csv"]);
    await t.throwsAsync(bucketFiles.create({ ...inputs, bucket: "nowhere" }, contextWith()), {
        message: /nowhere|not found/i,
    });
});

async function filesIn(bucket: string, names: string[]): Promise<BucketFilesInputs> {
    await google.storage.makeBucket(bucket);
    const files = Object.fromEntries(names.map((name) => [name, join(folder, bucket, name)]));
    for (const [name, path] of Object.entries(files)) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, name.startsWith("large") ? Buffer.alloc(LARGE, name) : name);
    }
    return { bucket, folder: "files/of mine", files, digest: "1", endpoint: google.url };
}

async function object(bucket: string, name: string) {
    return (await bucketOf(bucket, google.url)).file(`files/of mine/${name}`);
}

async function generations(bucket: string): Promise<Record<string, unknown>> {
    const [files] = await (await bucketOf(bucket, google.url)).getFiles();
    return Object.fromEntries(
        files.map(({ name, metadata }) => [name.split("/").at(-1), metadata.generation]),
    );
}
