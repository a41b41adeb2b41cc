import * as pulumi from "@pulumi/pulumi";
import { BucketFiles } from "../../provider/sdk/bucketFiles.ts";
import { type Bundle, bundleOf } from "../common/digest.ts";

export interface ProjectFilesArgs {
    /** Name of the bucket. */
    bucket: pulumi.Input<string>;
    /** Base URL of a server that takes Google's place, or "" for Google's own. */
    endpoint: string;
}

/** Files of the project, and of its user, in the bucket. */
export class ProjectFiles extends pulumi.ComponentResource {
    private readonly name: string;
    private readonly args: ProjectFilesArgs;

    constructor(name: string, args: ProjectFilesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:ProjectFiles", name, {}, opts);
        this.name = name;
        this.args = args;
        this.registerOutputs({});
    }

    /** Uploads files to a folder of the bucket, again those that change; the folder's URI, and each file's name in it. */
    upload(name: string, folder: string, paths: string[]): { uri: pulumi.Output<string>; names: string[] } {
        const bundle = bundleOf(paths);
        return { uri: this.send(name, folder, bundle), names: bundle.names };
    }

    /** The same, in a folder named after their digest, so that no run gets files of two versions. */
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
