import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import test from "ava";
import { currentPath } from "../../tools/currentPath.ts";
import { folder } from "../folder.ts";

test("a path that a scheduled run has replaced leads to the present files", (t) => {
    const lake = folder(t);
    const table = pathToFileURL(join(lake, "report")).href;
    const put = (run: string) => mkdirSync(join(lake, "report", run), { recursive: true });
    put("run=a");
    t.is(currentPath(`${table}/run=a`), `${table}/run=a`);
    put("run=b");
    writeFileSync(join(lake, "report/_current"), "run=b\n");
    t.is(currentPath(`${table}/run=gone/report.html`), `${table}/run=b/report.html`);
});

test("a path that cannot be looked up stays unchanged", (t) => {
    for (const uri of ["gs://bucket/lake/report/run=a/report.html", "file:///nowhere/report/run=a/x.html"]) {
        t.is(currentPath(uri), uri);
    }
});
