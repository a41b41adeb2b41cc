import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { digestOf, filesUnder } from "../components/common/digest.ts";
import type { Job } from "../components/common/job.ts";

/** Folder of the PySpark scripts, relative to the project's folder. */
const SCRIPTS = "jobs/pyspark";

/** Folder of the package: `common`, and a folder for each job. */
const PACKAGE = join(SCRIPTS, "london_power");

export interface JobArgs extends Partial<Omit<Job, "name" | "args" | "script">> {
    /** File name of the script in jobs/pyspark. */
    script: string;
    /** The options of the script by name, without `--`; a list repeats its option. Default: none. */
    options?: Options;
}

export type Options = Record<string, pulumi.Input<string> | pulumi.Input<string>[]>;

/**
 * Describes a job. The job runs again after a change of its script, of the folders of code that the script imports, of the pinned
 * Python packages (which include Spark), of its options, of what it reads, or of a job that it follows.
 *
 * @throws {pulumi.RunError} if the script does not exist
 */
export function job(name: string, args: JobArgs): Job {
    const script = join(SCRIPTS, args.script);
    if (!existsSync(script)) {
        throw new pulumi.RunError(`job ${name}: there is no script ${script}`);
    }
    return {
        name,
        script,
        args: Object.entries(args.options ?? {}).flatMap(argumentsOf),
        reads: { ...codeOf(script), ...args.reads },
        after: args.after ?? [],
        uses: args.uses ?? [],
        conf: args.conf ?? {},
        publishes: args.publishes ?? [],
        results: args.results ?? { schema: {}, outputs: () => ({}) },
    };
}

function argumentsOf([name, values]: [string, Options[string]]): pulumi.Input<string>[] {
    return [values].flat().flatMap((value) => [`--${name}`, value]);
}

/** Returns digests of the code that the script runs. A folder of the package imports only itself and `common`: import-linter checks it. */
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

/** Returns the files of a folder or of a module of the package. */
function pythonIn(name: string): string[] {
    const path = join(PACKAGE, name);
    return existsSync(path) ? filesUnder(path, [".py"]) : [`${path}.py`];
}
