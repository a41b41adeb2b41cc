import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { digestOf, filesUnder } from "../components/common/digest.ts";
import type { Job } from "../components/common/job.ts";

/** Folder of the PySpark scripts, relative to the project's folder. */
const SCRIPTS = "jobs/pyspark";

/** Folder of the package: `common`, and a folder for each job. */
const PACKAGE = join(SCRIPTS, "london_power");

/** All of a job but its name is left out where it has none, and `script` is the name of a file in jobs/pyspark. */
export type JobArgs = Partial<Omit<Job, "name">> & Pick<Job, "script">;

/**
 * A job. It runs again when its script, the folders of code that the script imports, the pinned Python packages (Spark among
 * them), its arguments, what it reads or a job that it follows have changed.
 *
 * @throws {pulumi.RunError} when there is no such script
 */
export function job(name: string, args: JobArgs): Job {
    const script = join(SCRIPTS, args.script);
    if (!existsSync(script)) {
        throw new pulumi.RunError(`job ${name}: there is no script ${script}`);
    }
    return {
        name,
        script,
        args: args.args ?? [],
        reads: { ...codeOf(script), ...args.reads },
        after: args.after ?? [],
        uses: args.uses ?? [],
        conf: args.conf ?? {},
        publishes: args.publishes ?? [],
        results: args.results ?? { schema: {}, outputs: () => ({}) },
    };
}

/** What the script runs, by digests: a folder of the package depends on itself and on `common`, which import-linter sees to. */
function codeOf(script: string): Record<string, string> {
    const imports = readFileSync(script, "utf8").matchAll(/\blondon_power(?:\.|\s+import\s+)(\w+)/g);
    const own = new Set([...imports].map(([, folder]) => folder as string));
    own.delete("common");
    const code: Record<string, string> = {
        script: digestOf([script]),
        "shared code": digestOf([join(PACKAGE, "__init__.py"), ...pythonIn("common")]),
        "Python packages": digestOf(["jobs/requirements.txt"]),
    };
    if (own.size > 0) {
        code["its own code"] = digestOf([...own].flatMap(pythonIn));
    }
    return code;
}

/** The files of a folder or a module of the package. */
function pythonIn(name: string): string[] {
    const path = join(PACKAGE, name);
    return existsSync(path) ? filesUnder(path, [".py"]) : [`${path}.py`];
}
