import * as pulumi from "@pulumi/pulumi";

export interface DirectoryArgs {
    /** Absolute path. It has to be empty or absent, unless an earlier deployment of this stack made it. */
    path: pulumi.Input<string>;
}

/** A folder of this machine that belongs to the stack: made empty, deleted with all that is in it. */
export class Directory extends pulumi.CustomResource {
    declare readonly path: pulumi.Output<string>;
    /** The folder as a `file://` URI. */
    declare readonly uri: pulumi.Output<string>;
    /** Changes when the folder is made anew, so that what was in it is known to be gone. */
    declare readonly generation: pulumi.Output<string>;

    constructor(name: string, args: DirectoryArgs, opts?: pulumi.CustomResourceOptions) {
        super(
            "london-power:local:Directory",
            name,
            { path: args.path, uri: undefined, generation: undefined },
            opts,
        );
    }
}
