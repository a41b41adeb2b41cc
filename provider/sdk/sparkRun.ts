import * as pulumi from "@pulumi/pulumi";
import type { LauncherConfig } from "./launcherConfig.ts";
import type { JsonSchema } from "./work.ts";

export interface SparkRunArgs {
    /** Name of the job: 1 to 40 lower-case letters, digits and hyphens. At most one run of a job is under way at a time. */
    job: pulumi.Input<string>;
    /** Path of the PySpark script, relative to the project's folder. */
    script: pulumi.Input<string>;
    /** Arguments of the script; secrets are refused. The provider appends `--run <runId>`. Default: none. */
    args?: pulumi.Input<pulumi.Input<string>[]>;
    /** Further inputs: a name for people and a digest each, after which a note for people may stand, separated by a blank. A
     * change runs the job again. Default: none. */
    triggers?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Spark properties. A change does not run the job again. Default: Spark's own. */
    conf?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** The consumers of MongoDB whose logins the driver may read. A change does not run the job again. Default: none. */
    uses?: pulumi.Input<string[]>;
    /** JSON Schema of the metrics that the job has to report; other metrics make the run fail. A change does not run the job
     * again if its last metrics match. Default: any metrics. */
    results?: pulumi.Input<JsonSchema>;
    /** Configuration of the launcher that runs the driver. A change does not run the job again. */
    launcher: pulumi.Input<pulumi.Unwrap<LauncherConfig>>;
}

/**
 * A PySpark application that has run to its end. Creating or updating the resource runs the application. A failed run makes
 * the deployment fail with the driver's exception and last lines; the next `pulumi up` runs it again.
 */
export class SparkRun extends pulumi.CustomResource {
    /** Id of the run: the job's name and a digest of its inputs. */
    declare readonly runId: pulumi.Output<string>;
    /** The metrics that the job reported. */
    declare readonly metrics: pulumi.Output<Record<string, unknown>>;
    /** Time from submission to end, in seconds. */
    declare readonly seconds: pulumi.Output<number>;
    /** Time of submission, ISO 8601. */
    declare readonly startedAt: pulumi.Output<string>;
    /** Path or URL of the driver's whole log. */
    declare readonly log: pulumi.Output<string>;

    constructor(name: string, args: SparkRunArgs, opts?: pulumi.CustomResourceOptions) {
        const { script, job, launcher } = args;
        const inputs = {
            job,
            script,
            args: args.args ?? [],
            triggers: args.triggers ?? {},
            conf: args.conf ?? {},
            uses: args.uses ?? [],
            results: args.results ?? {},
            launcher,
        };
        const outputs = {
            runId: undefined,
            metrics: undefined,
            seconds: undefined,
            startedAt: undefined,
            log: undefined,
        };
        super("london-power:spark:SparkRun", name, { ...inputs, ...outputs }, opts);
    }
}
