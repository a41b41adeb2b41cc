import { existsSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { DataPlatform } from "../components/platform.ts";
import type { SparkRun } from "../provider/sdk/sparkRun.ts";
import { digestOf, filesUnder } from "./digest.ts";

/** Folder of the PySpark scripts and of the package that they share, relative to the project's folder. */
const SCRIPTS = "jobs/pyspark";

export interface SparkJobOptions {
    /** Arguments of the script. */
    args: pulumi.Input<string>[];
    /** What the job reads: a name for people and a digest each. A change runs the job again. */
    reads: Record<string, pulumi.Input<string>>;
    /** Spark settings that suit this job. */
    conf?: Record<string, string>;
    parent: pulumi.Resource;
}

/**
 * Runs `jobs/pyspark/<name>.py`, or the script that `script` names, on a platform. The job runs again when its script,
 * the shared code, the pinned Python packages (Spark among them), its arguments or what it reads have changed.
 *
 * @throws {pulumi.RunError} when there is no such script
 */
export function sparkJob(
    platform: DataPlatform,
    name: string,
    script: string,
    options: SparkJobOptions,
): SparkRun {
    const path = join(SCRIPTS, script);
    if (!existsSync(path)) {
        throw new pulumi.RunError(`job ${name}: there is no script ${path}`);
    }
    const triggers = {
        script: digestOf([path]),
        "shared code": digestOf(filesUnder(join(SCRIPTS, "london_power"), [".py"])),
        "Python packages": digestOf(["jobs/requirements.txt"]),
        ...options.reads,
    };
    const { args, conf } = options;
    return platform.submit(name, { script: path, args, conf, triggers }, { parent: options.parent });
}
