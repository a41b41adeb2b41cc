import * as pulumi from "@pulumi/pulumi";
import type { LocalLauncherConfig } from "../launchers/launcher.ts";
import type { ScheduledWork } from "./work.ts";

export interface SchedulerArgs {
    /** When, in cron's five fields. */
    cron: pulumi.Input<string>;
    timeZone: pulumi.Input<string>;
    /** What runs, in this order; a job is left out when one that it comes after did not succeed. */
    jobs: pulumi.Input<pulumi.Input<ScheduledWork>[]>;
    /** A digest of the scripts and of the scheduler itself; with another one it starts anew, on a copy of them. */
    code: pulumi.Input<string>;
    /** How drivers run. */
    launcher: pulumi.Input<LocalLauncherConfig>;
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
