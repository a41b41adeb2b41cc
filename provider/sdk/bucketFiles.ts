import * as pulumi from "@pulumi/pulumi";

export interface BucketFilesArgs {
    /** Name of the bucket. */
    bucket: pulumi.Input<string>;
    /** Folder in the bucket; it contains no other objects. */
    folder: pulumi.Input<string>;
    /** Name in the folder → path on this machine. Of each Python package, a folder with an `__init__.py`, the bucket also gets an
     * archive `<folder>.zip`, because Spark takes packages only as archives. */
    files: pulumi.Input<Record<string, string>>;
    /** Digest of the files' names and content. A change uploads changed files and removes the objects of deleted files. */
    digest: pulumi.Input<string>;
    /** Base URL of a server in place of Google's. Default: Google's own. */
    endpoint?: pulumi.Input<string>;
}

/** Files of this machine in a bucket of Google Cloud Storage. */
export class BucketFiles extends pulumi.CustomResource {
    /** Digest of the files in the bucket. */
    declare readonly digest: pulumi.Output<string>;
    /** gs://bucket/folder, which contains the objects by their names. */
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
