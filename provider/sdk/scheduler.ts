import * as pulumi from "@pulumi/pulumi";
import type { LocalLauncherConfig } from "./launcherConfig.ts";
import type { ScheduledWork } from "./work.ts";

export interface SchedulerArgs {
    /** The schedule, in the five fields of cron. */
    cron: pulumi.Input<string>;
    timeZone: pulumi.Input<string>;
    /** The jobs, in their order. The scheduler skips a job if a job that it follows did not succeed. */
    jobs: pulumi.Input<pulumi.Input<ScheduledWork>[]>;
    /** Digest of the scripts and of the scheduler. A change restarts the scheduler with a copy of them. */
    code: pulumi.Input<string>;
    /** Configuration of the launcher that runs the drivers. */
    launcher: pulumi.Input<LocalLauncherConfig>;
}

/**
 * Runs jobs on a schedule: a process of this machine that outlives the deployment and ends with the resource. The launcher
 * stops it before it runs a job of a deployment; an update starts it again.
 */
export class Scheduler extends pulumi.CustomResource {
    /** Path of its log, which includes the lines of its drivers. */
    declare readonly log: pulumi.Output<string>;

    constructor(name: string, args: SchedulerArgs, opts?: pulumi.CustomResourceOptions) {
        super("london-power:local:Scheduler", name, { ...args, log: undefined }, opts);
    }
}
