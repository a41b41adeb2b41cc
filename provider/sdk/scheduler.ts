import * as pulumi from "@pulumi/pulumi";
import type { LocalLauncherConfig } from "../launchers/launcher.ts";

export interface SchedulerArgs {
    /** When, in cron's five fields. */
    cron: pulumi.Input<string>;
    timeZone: pulumi.Input<string>;
    /** What runs, in this order; a job is left out when one that it comes after did not succeed. */
    jobs: pulumi.Input<pulumi.Input<ScheduledJob>[]>;
    /** A digest of the scripts and of the scheduler itself; with another one it starts anew, on a copy of them. */
    code: pulumi.Input<string>;
    /** How drivers run. */
    launcher: pulumi.Input<LocalLauncherConfig>;
}

export interface ScheduledJob {
    name: pulumi.Input<string>;
    /** Path of the PySpark script, relative to the project's folder. */
    script: pulumi.Input<string>;
    /** What follows the script on the command line, but for `--run`. */
    args: pulumi.Input<pulumi.Input<string>[]>;
    /** Spark properties. */
    conf: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Names of the jobs that have to succeed before. */
    after: pulumi.Input<string[]>;
}

/**
 * Runs jobs by the clock on this machine: a process that outlives the deployment and ends with the resource. The launcher ends
 * it before it runs a job of a deployment; an update starts it again.
 */
export class Scheduler extends pulumi.CustomResource {
    /** Path of its log, which has what its drivers say. */
    declare readonly log: pulumi.Output<string>;

    constructor(name: string, args: SchedulerArgs, opts?: pulumi.CustomResourceOptions) {
        super("london-power:local:Scheduler", name, { ...args, log: undefined }, opts);
    }
}
