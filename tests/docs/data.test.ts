// The commands of data/README.md, in a copy of the folder; the second one for fewer readings.
import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { folder } from "../folder.ts";
import { blocksFor, commandsIn, ROOT, read, TRACKED } from "./blocks.ts";

test("the page's commands generate the same sample byte for byte, and the stated number of files", (t) => {
    const project = folder(t);
    for (const name of TRACKED.filter((file) => /^data\/.*\.py$/.test(file))) {
        cpSync(join(ROOT, name), join(project, name));
    }
    const [environment, ...commands] = blocksFor(import.meta.filename, read("data/README.md")).flatMap(
        commandsIn,
    );
    t.is(environment, 'eval "$(make -s env)"', "this test runs in that environment");
    t.is(commands.length, 2);
    const script = ["set -e", ...commands].join("\n").replace("200 --days 365", "8 --days 3");
    t.true(script.includes("--households 8"));
    execFileSync("bash", ["-c", script], { cwd: project, stdio: "pipe" });
    const sample = "data/power_1.csv";
    t.true(readFileSync(join(project, sample)).equals(readFileSync(join(ROOT, sample))));
    const files = readdirSync(join(project, "some/folder"));
    t.is(files.filter((name) => /^power_.*\.csv$/.test(name)).length, 4);
});
