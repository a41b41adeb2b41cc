import { execFileSync } from "node:child_process";
import {
    createWriteStream,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { writeTar } from "../../../provider/host/tar.ts";

const dir = mkdtempSync(join(tmpdir(), "london power "));
test.after.always(() => rmSync(dir, { recursive: true, force: true }));

async function unpacked(name: string, files: Record<string, string | Buffer>): Promise<string> {
    const [source, target] = [join(dir, name), join(dir, `${name} unpacked`)];
    mkdirSync(source);
    mkdirSync(target);
    const paths = Object.entries(files).map(([inside, content], i) => {
        writeFileSync(join(source, `${i}`), content);
        return [inside, join(source, `${i}`)];
    });
    const archive = join(dir, `${name}.tar`);
    const to = createWriteStream(archive);
    const closed = new Promise<void>((done) => to.once("close", () => done()));
    await writeTar(Object.fromEntries(paths), { uid: 10001, gid: 10001 }, to);
    await closed;
    execFileSync("tar", ["-xf", archive, "-C", target, "--no-same-owner"]);
    return target;
}

test("files of all sizes keep their content and folders", async (t) => {
    const files = { empty: "", "a/b/exact": Buffer.alloc(512, 7), "a/large": Buffer.alloc(200_001, 9) };
    const folder = await unpacked("sizes", files);
    for (const [name, content] of Object.entries(files)) {
        t.deepEqual(readFileSync(join(folder, name)), Buffer.from(content), name);
    }
});

test("a name of more than 100 bytes is kept whole", async (t) => {
    const name = `${"folder/".repeat(15)}${"n".repeat(90)}`;
    t.is(readFileSync(join(await unpacked("long", { [name]: "here" }), name), "utf8"), "here");
});

test("a name longer than the plain format allows is kept whole", async (t) => {
    const name = `folder/${"n".repeat(200)}`;
    t.is(readFileSync(join(await unpacked("longer", { [name]: "here" }), name), "utf8"), "here");
});

test("a file that cannot be read is an error", async (t) => {
    const to = createWriteStream(join(dir, "unread.tar"));
    await t.throwsAsync(writeTar({ gone: join(dir, "gone") }, { uid: 1, gid: 1 }, to), { code: "ENOENT" });
});

test("times are after 1980, which zip cannot go below", async (t) => {
    const { mtime } = statSync(join(await unpacked("times", { file: "" }), "file"));
    t.is(mtime.getUTCFullYear(), 2000);
});
