import * as pulumi from "@pulumi/pulumi";

export interface BucketFilesArgs {
    /** Name of the bucket. */
    bucket: pulumi.Input<string>;
    /** Folder in the bucket, which holds nothing else. */
    folder: pulumi.Input<string>;
    /** Name in the folder → path on this machine. A Python package among them, a folder with an `__init__.py`, is also put
     * as an archive `<folder>.zip`, which is how Spark takes it. */
    files: pulumi.Input<Record<string, string>>;
    /** Digest of the files' names and content. A change uploads what has changed and removes what is gone. */
    digest: pulumi.Input<string>;
    /** Base URL of a server that takes Google's place. Default: Google's own. */
    endpoint?: pulumi.Input<string>;
}

/** Files of this machine in a bucket of Google Cloud Storage. */
export class BucketFiles extends pulumi.CustomResource {
    /** Digest of the files that are in the bucket. */
    declare readonly digest: pulumi.Output<string>;
    /** gs://bucket/folder; the objects are below it by their names. */
    declare readonly uri: pulumi.Output<string>;

    constructor(name: string, args: BucketFilesArgs, opts?: pulumi.CustomResourceOptions) {
        const inputs = { ...args, endpoint: args.endpoint ?? "" };
        super(
            "london-power:google:BucketFiles",
            name,
            { ...inputs, uri: undefined, objects: undefined },
            opts,
        );
    }
}
