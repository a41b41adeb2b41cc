// A MongoDB of the user's own: its connection string is in the jobs' file and nowhere else.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import test from "ava";
import { startServer } from "../../provider/host/mongo.ts";
import { stop } from "../../provider/host/process.ts";
import { folder } from "../folder.ts";
import { useLightJobs } from "./lightJobs.ts";
import { counts, newProject, type Project } from "./project.ts";

// The embedded server has no passwords, so another part of the connection string takes the place of one; no source contains it.
const SECRET = randomUUID();

let project: Project;
test.before(async () => {
    project = await newProject();
    useLightJobs(project, ["analyze", "train", "report"]);
    project.write("data/power_1.csv", project.read("data/power_1.csv").split("\n").slice(0, 500).join("\n"));
});
test.after.always(() => project?.dispose());

test("a secret connection string is used, and stands in one file for its owner alone", async (t) => {
    const server = await startServer(folder(t), 0, false, async () => {});
    t.teardown(() => stop(server, 5000));
    const uri = `mongodb://127.0.0.1:${server.port}/?retryWrites=false&appName=${SECRET}`;
    await project.pulumi("config", "set", "--secret", "london-power:mongoUri", uri);

    const processes = watchProcesses();
    const output = await project.up();
    const seen = await processes.stop();

    t.like(counts(output), { created: 11 }, "no server of the stack's own");
    const { rows } = await project.outputs();
    t.is(rows.loaded, rows.stored);
    const file = join(project.workspace, "secrets/mongo-uri");
    t.true(readFileSync(file, "utf8").includes(SECRET));
    t.is(statSync(file).mode & 0o777, 0o600);

    t.true(seen.jobs.includes("SparkSubmit"), "the watch has seen the jobs");
    t.false(seen.jobs.includes(SECRET), "no job has it among its arguments or in its environment");
    t.false(seen.arguments.includes(SECRET), "no process at all has it among its arguments");
    t.false(output.includes(SECRET), "nothing said it");
    t.false((await project.state()).includes(SECRET), "the state has it encrypted");
    for (const path of filesUnder(project.dir).filter((name) => name !== file)) {
        t.false(readFileSync(path).includes(SECRET), path);
    }
});

/**
 * Collects the arguments of all processes, and those of the jobs together with their environments, until stopped. Of the
 * environments only the jobs' are ours: Pulumi hands the configuration to its program in the program's.
 */
function watchProcesses() {
    const seen = { arguments: "", jobs: "" };
    const ps = async (flags: string) =>
        (await promisify(execFile)("ps", [flags, "-o", "command"], { maxBuffer: 1 << 26 })).stdout;
    let going = true;
    const watch = (async () => {
        while (going) {
            seen.arguments += await ps("axww");
            seen.jobs += (await ps("axeww"))
                .split("\n")
                .filter((line) => /pyspark|SparkSubmit/.test(line))
                .join("\n");
            await new Promise((resolve) => setTimeout(resolve, 250));
        }
    })();
    return {
        stop: async () => {
            going = false;
            await watch;
            return seen;
        },
    };
}

function filesUnder(folder: string): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
}
