import * as pulumi from "@pulumi/pulumi";
import type { LauncherConfig } from "../launchers/launcher.ts";
import type { JsonSchema } from "./work.ts";

export interface SparkRunArgs {
    /** Name of the job: 1 to 40 lower-case letters, digits and hyphens. At most one run of a job is under way at a time. */
    job: pulumi.Input<string>;
    /** Path of the PySpark script, relative to the project's folder. */
    script: pulumi.Input<string>;
    /** What follows the script on the command line; secrets are refused. `--run <runId>` is appended. Default: nothing. */
    args?: pulumi.Input<pulumi.Input<string>[]>;
    /** What else makes the results: a name for people and a digest each. A change runs the job again. Default: nothing. */
    triggers?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Spark properties. A change does not run the job again. Default: Spark's own. */
    conf?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Whose logins to MongoDB the driver may read. A change does not run the job again. Default: nobody's. */
    uses?: pulumi.Input<string[]>;
    /** What the job has to report: a JSON Schema of its metrics. A run that reports something else fails. A change does not run the
     * job again where its metrics fit. Default: anything. */
    results?: pulumi.Input<JsonSchema>;
    /** Where the driver runs. A change does not run the job again. */
    launcher: pulumi.Input<pulumi.Unwrap<LauncherConfig>>;
}

/**
 * A PySpark application that has run to its end. Creating or updating it runs the application; a run that fails fails
 * the deployment with the driver's exception and last lines, and runs again at the next `pulumi up`.
 */
export class SparkRun extends pulumi.CustomResource {
    /** Content-derived id of the run: the job's name and a digest of all that makes its results. */
    declare readonly runId: pulumi.Output<string>;
    /** What the job reported of its work; its keys are the job's own. */
    declare readonly metrics: pulumi.Output<Record<string, unknown>>;
    /** From submission to end, in seconds. */
    declare readonly seconds: pulumi.Output<number>;
    /** When the run was submitted, ISO 8601. */
    declare readonly startedAt: pulumi.Output<string>;
    /** Where the driver's whole log is: a path or a URL. */
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
