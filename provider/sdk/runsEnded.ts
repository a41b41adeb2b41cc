import * as pulumi from "@pulumi/pulumi";

export interface RunsEndedArgs {
    project: pulumi.Input<string>;
    region: pulumi.Input<string>;
    /** Name of the cluster, whose jobs count; "" for the batches of the stack. */
    cluster: pulumi.Input<string>;
    stack: pulumi.Input<string>;
    /** Base URL of a server that takes Google's place; "" for Google's own. */
    endpoint: pulumi.Input<string>;
}

/**
 * Keeps credentials as long as a run may have them: its deletion waits until no run of the stack is under way. Make it depend
 * on the credentials, and give it another name when they are replaced.
 */
export class RunsEnded extends pulumi.CustomResource {
    constructor(name: string, args: RunsEndedArgs, opts?: pulumi.CustomResourceOptions) {
        super("london-power:google:RunsEnded", name, { ...args }, opts);
    }
}
