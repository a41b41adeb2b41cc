import { relative, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { commonFolder, digestOf } from "../../jobs/digest.ts";
import { BucketFiles } from "../../provider/sdk/bucketFiles.ts";

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
        const absolute = paths.map((path) => resolve(path));
        const root = commonFolder(absolute);
        const names = absolute.map((path) => relative(root, path));
        const { uri } = new BucketFiles(
            `${this.name}-${name}`,
            {
                ...this.args,
                ...{ folder, digest: digestOf(absolute) },
                files: Object.fromEntries(names.map((file, i) => [file, absolute[i] as string])),
            },
            { parent: this },
        );
        return { uri, names };
    }

    /** The same, in a folder named after their digest, so that no run gets files of two versions. */
    uploadVersion(folder: string, paths: string[]): pulumi.Output<string> {
        return this.upload(folder, `${folder}/${digestOf(paths.map((path) => resolve(path)))}`, paths).uri;
    }
}
