import { existsSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { digestOf, filesUnder } from "../components/digest.ts";
import type { Job } from "../components/job.ts";

/** Folder of the PySpark scripts and of the package that they share, relative to the project's folder. */
const SCRIPTS = "jobs/pyspark";

/** All of a job but its name is left out where it has none, and `script` is the name of a file in jobs/pyspark. */
export type JobArgs = Partial<Omit<Job, "name">> & Pick<Job, "script">;

/**
 * A job. It runs again when its script, the shared code, the pinned Python packages (Spark among them), its arguments,
 * what it reads or a job that it follows have changed.
 *
 * @throws {pulumi.RunError} when there is no such script
 */
export function job(name: string, args: JobArgs): Job {
    const script = join(SCRIPTS, args.script);
    if (!existsSync(script)) {
        throw new pulumi.RunError(`job ${name}: there is no script ${script}`);
    }
    const code = {
        script: digestOf([script]),
        "shared code": digestOf(filesUnder(join(SCRIPTS, "london_power"), [".py"])),
        "Python packages": digestOf(["jobs/requirements.txt"]),
    };
    return {
        name,
        script,
        args: args.args ?? [],
        reads: { ...code, ...args.reads },
        after: args.after ?? [],
        uses: args.uses ?? [],
        conf: args.conf ?? {},
        publishes: args.publishes ?? [],
        results: args.results ?? { schema: {}, outputs: () => ({}) },
    };
}
