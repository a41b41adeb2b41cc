import * as pulumi from "@pulumi/pulumi";

export interface ImageBuildArgs {
    project: pulumi.Input<string>;
    /** Region of the repository, in which the build runs too. */
    region: pulumi.Input<string>;
    /** Id of the repository of Artifact Registry. */
    repository: pulumi.Input<string>;
    /** gs:// URI of the folder with the build's context. Its last part becomes the image's version and has to change with the
     * content. */
    files: pulumi.Input<string>;
    /** Path of the Dockerfile in the folder. */
    dockerfile: pulumi.Input<string>;
    /** E-mail of the service account that reads the folder and pushes the image. */
    serviceAccount: pulumi.Input<string>;
    /** Base URL of a server in place of Google's; "" for Google's own. */
    endpoint: pulumi.Input<string>;
}

/** An image that Cloud Build builds from files in a bucket: once for each content, and again if somebody has deleted it. */
export class ImageBuild extends pulumi.CustomResource {
    /** Name of the image with its version. */
    declare readonly image: pulumi.Output<string>;

    constructor(name: string, args: ImageBuildArgs, opts?: pulumi.CustomResourceOptions) {
        super("london-power:google:ImageBuild", name, { ...args, image: undefined }, opts);
    }
}
