import { mkdirSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import test from "ava";
import { bundleOf, commonFolder, digestOf, filesOf } from "../../../components/common/digest.ts";
import { folder } from "../../folder.ts";

test("a digest changes with a file's content and with its name, not with its time or the order of files", (t) => {
    const dir = folder(t);
    const [a, b] = [join(dir, "a"), join(dir, "b")];
    writeFileSync(a, "1");
    writeFileSync(b, "2");
    const digest = digestOf([a, b]);
    utimesSync(a, 1, 1);
    t.is(digestOf([b, a]), digest);
    writeFileSync(a, "3");
    t.not(digestOf([a, b]), digest);
    t.not(digestOf([a]), digestOf([b]));
});

test("a large file is identified by size and time, without reading it", (t) => {
    const large = join(folder(t), "large");
    writeFileSync(large, "");
    truncateSync(large, 200 * 1024 * 1024);
    utimesSync(large, 1, 1);
    const digest = digestOf([large]);
    t.is(digestOf([large]), digest);
    utimesSync(large, 2, 2);
    t.not(digestOf([large]), digest);
});

test("a path means a file, all CSV files below a folder, or the files that match a glob", (t) => {
    const dir = folder(t);
    mkdirSync(join(dir, "more"));
    for (const name of ["a.csv", "b.csv.gz", "notes.txt", "more/c.csv"]) {
        writeFileSync(join(dir, name), "");
    }
    const names = (path: string) =>
        filesOf(join(dir, path))
            .map((file) => file.slice(dir.length + 1))
            .sort();
    t.deepEqual(names("a.csv"), ["a.csv"]);
    t.deepEqual(names("."), ["a.csv", "b.csv.gz", "more/c.csv"]);
    t.deepEqual(names("*.csv"), ["a.csv"]);
    t.deepEqual(names("none.csv"), []);
});

test("the names of files are relative to the innermost common folder", (t) => {
    t.is(commonFolder(["/p/data/a.csv"]), "/p/data");
    t.is(commonFolder(["/p/data/a.csv", "/p/data/more/b.csv"]), "/p/data");
    t.is(commonFolder(["/p/data/a.csv", "/q/b.csv"]), "/");
    t.is(commonFolder(["/p/data/a.csv", "/p/database/b.csv"]), "/p");
});

test("a bundle has each file's name and path, and the digest of all files", (t) => {
    const dir = folder(t);
    mkdirSync(join(dir, "more"));
    const paths = [join(dir, "more/b.csv"), join(dir, "a.csv")] as const;
    for (const path of paths) {
        writeFileSync(path, "");
    }
    t.deepEqual(bundleOf([relative(".", paths[0]), paths[1]]), {
        names: ["more/b.csv", "a.csv"],
        files: { "more/b.csv": paths[0], "a.csv": paths[1] },
        digest: digestOf([...paths]),
    });
});
