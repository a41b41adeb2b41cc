import * as pulumi from "@pulumi/pulumi";

export interface SecretFileArgs {
    /** Absolute path; missing folders are created. */
    path: pulumi.Input<string>;
    /** Content of the file, always secret. */
    content: pulumi.Input<string>;
}

/** A file of this machine with mode 0600. An update writes it again if it is missing, changed or open to others. */
export class SecretFile extends pulumi.CustomResource {
    declare readonly path: pulumi.Output<string>;

    constructor(name: string, args: SecretFileArgs, opts?: pulumi.CustomResourceOptions) {
        const inputs = { path: args.path, content: pulumi.secret(args.content) };
        super("london-power:local:SecretFile", name, inputs, opts);
    }
}
