import { posix } from "node:path";
import type { ServerlessLauncherConfig } from "./launcherConfig.ts";
import type { Work } from "./work.ts";

/** The label of scheduled runs; its value is the workflow's name. */
export const SCHEDULE_LABEL = "london-power-schedule";

/**
 * Returns a PySpark application in the format of Dataproc's API.
 *
 * @param scripts gs:// folder of jobs/pyspark
 * @param run id of the run
 */
export function pysparkOf(scripts: string, { script, args }: Pick<Work, "script" | "args">, run: string) {
    return {
        mainPythonFileUri: `${scripts}/${posix.basename(script)}`,
        // BucketFiles creates this archive of the folder beside the script: Spark takes packages only as archives.
        pythonFileUris: [`${scripts}/london_power.zip`],
        args: [...args, "--run", run],
    };
}

/** Returns a Serverless batch in the format of Dataproc's API. */
export function batchOf(
    config: ServerlessLauncherConfig,
    work: Pick<Work, "script" | "args" | "conf">,
    run: string,
    labels: Record<string, string>,
) {
    const { runtime, image, serviceAccount, subnetwork, kmsKey } = config;
    return {
        labels,
        pysparkBatch: pysparkOf(config.scripts, work, run),
        runtimeConfig: {
            version: runtime,
            ...(image && { containerImage: image }),
            properties: work.conf,
        },
        environmentConfig: {
            executionConfig: { serviceAccount, subnetworkUri: subnetwork, ...(kmsKey && { kmsKey }) },
        },
    };
}
