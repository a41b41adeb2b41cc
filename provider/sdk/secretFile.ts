import * as pulumi from "@pulumi/pulumi";

export interface SecretFileArgs {
    /** Absolute path; folders are made as needed. */
    path: pulumi.Input<string>;
    /** What the file holds; always kept as a secret. */
    content: pulumi.Input<string>;
}

/** A file of this machine with mode 0600, written again when it is missing, changed or open to others. */
export class SecretFile extends pulumi.CustomResource {
    declare readonly path: pulumi.Output<string>;

    constructor(name: string, args: SecretFileArgs, opts?: pulumi.CustomResourceOptions) {
        const inputs = { path: args.path, content: pulumi.secret(args.content) };
        super("london-power:local:SecretFile", name, inputs, opts);
    }
}
