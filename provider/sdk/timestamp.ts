import * as pulumi from "@pulumi/pulumi";

export interface TimestampArgs {
    /** What it is the time of: it becomes the present when any of these changes. */
    triggers: pulumi.Input<Record<string, pulumi.Input<string | number>>>;
}

/** The time at which something was made or last changed. */
export class Timestamp extends pulumi.CustomResource {
    /** ISO 8601, UTC. */
    declare readonly at: pulumi.Output<string>;

    constructor(name: string, args: TimestampArgs, opts?: pulumi.CustomResourceOptions) {
        super("london-power:time:Timestamp", name, { ...args, at: undefined }, opts);
    }
}
