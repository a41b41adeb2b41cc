import * as pulumi from "@pulumi/pulumi";

export interface RunsEndedArgs {
    project: pulumi.Input<string>;
    region: pulumi.Input<string>;
    /** Name of the cluster, to wait for its jobs; "" to wait for the batches of the stack. */
    cluster: pulumi.Input<string>;
    stack: pulumi.Input<string>;
    /** Base URL of a server in place of Google's; "" for Google's own. */
    endpoint: pulumi.Input<string>;
}

/**
 * Keeps credentials as long as a run may use them: its deletion waits until no run of the stack is under way. Let it depend on the
 * credentials, and give it another name when they are replaced.
 */
export class RunsEnded extends pulumi.CustomResource {
    constructor(name: string, args: RunsEndedArgs, opts?: pulumi.CustomResourceOptions) {
        super("london-power:google:RunsEnded", name, { ...args }, opts);
    }
}
