import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { changedKeys } from "../../provider/rpc/values.ts";
import { folder } from "../folder.ts";

const { job } = await import("../../jobs/job.ts");

/** Which triggers of each job an edit of a file changes. Runs in a copy of the scripts, which the tests beside it do not see. */
test.serial("an edit runs only those jobs again whose scripts import its folder", (t) => {
    const copy = folder(t);
    cpSync("jobs/pyspark", join(copy, "jobs/pyspark"), { recursive: true });
    cpSync("jobs/requirements.txt", join(copy, "jobs/requirements.txt"));
    const before = process.cwd();
    process.chdir(copy);
    t.teardown(() => process.chdir(before));
    const jobs = ["ingest", "load", "analyze", "train", "report"];
    const digests = () =>
        Object.fromEntries(jobs.map((name) => [name, job(name, { script: `${name}.py` }).reads]));
    const changedBy = (path: string) => {
        const old = digests();
        writeFileSync(resolve("jobs/pyspark", path), "# edited\n", { flag: "a" });
        const now = digests();
        return Object.fromEntries(
            jobs
                .map((name) => [name, changedKeys(old[name] ?? {}, now[name] ?? {})] as const)
                .filter(([, keys]) => keys.length > 0),
        );
    };
    t.deepEqual(changedBy("london_power/train/training.py"), { train: ["its own code"] });
    t.deepEqual(changedBy("analyze.py"), { analyze: ["script"] });
    t.deepEqual(Object.keys(changedBy("london_power/common/lake.py")), jobs);
    t.deepEqual(changedBy("london_power/notebook.py"), {});
    mkdirSync("jobs/pyspark/london_power/more");
    t.deepEqual(changedBy("london_power/more/new.py"), {});
});

test("a missing script is refused", (t) => {
    t.throws(() => job("count", { script: "count.py" }), {
        instanceOf: pulumi.RunError,
        message: "job count: there is no script jobs/pyspark/count.py",
    });
});
