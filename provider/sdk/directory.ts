import * as pulumi from "@pulumi/pulumi";

export interface DirectoryArgs {
    /** Absolute path. The folder has to be empty or absent, unless an earlier deployment of this stack created it. */
    path: pulumi.Input<string>;
}

/** A folder of this machine that belongs to the stack. It is created empty and deleted with its content. */
export class Directory extends pulumi.CustomResource {
    declare readonly path: pulumi.Output<string>;
    /** The folder as a `file://` URI. */
    declare readonly uri: pulumi.Output<string>;
    /** Changes when the folder is created again and its old content is lost. */
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
