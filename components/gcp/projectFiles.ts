import * as pulumi from "@pulumi/pulumi";
import { BucketFiles } from "../../provider/sdk/bucketFiles.ts";
import { type Bundle, bundleOf } from "../common/digest.ts";

export interface ProjectFilesArgs {
    /** Name of the bucket. */
    bucket: pulumi.Input<string>;
    /** Base URL of a server in place of Google's; "" for Google's own. */
    endpoint: string;
}

/** The project's and its user's files in the bucket. */
export class ProjectFiles extends pulumi.ComponentResource {
    private readonly name: string;
    private readonly args: ProjectFilesArgs;

    constructor(name: string, args: ProjectFilesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:ProjectFiles", name, {}, opts);
        this.name = name;
        this.args = args;
        this.registerOutputs({});
    }

    /** Uploads files to a folder of the bucket, and again each that changes. Returns the folder's URI and each file's name in
     * it. */
    upload(name: string, folder: string, paths: string[]): { uri: pulumi.Output<string>; names: string[] } {
        const bundle = bundleOf(paths);
        return { uri: this.send(name, folder, bundle), names: bundle.names };
    }

    /** Does the same in a folder named after the files' digest, so that no run gets files of two versions. */
    uploadVersion(folder: string, paths: string[]): pulumi.Output<string> {
        const bundle = bundleOf(paths);
        return this.send(folder, `${folder}/${bundle.digest}`, bundle);
    }

    private send(name: string, folder: string, { files, digest }: Bundle): pulumi.Output<string> {
        return new BucketFiles(
            `${this.name}-${name}`,
            { ...this.args, folder, files, digest },
            { parent: this },
        ).uri;
    }
}
