import * as pulumi from "@pulumi/pulumi";

export interface VolumeFilesArgs {
    /** The Docker engine, as in DOCKER_HOST. */
    host: pulumi.Input<string>;
    /** Name of the volume. */
    volume: pulumi.Input<string>;
    /** An image of ours on that engine, for the containers that do the copying. */
    image: pulumi.Input<string>;
    /** Folder in the volume, which holds nothing else. */
    folder: pulumi.Input<string>;
    /** Name in the volume → path on this machine. */
    files: pulumi.Input<Record<string, string>>;
    /** Digest of the files' names and content; they are in `<folder>/<digest>/`. A change copies them again. */
    digest: pulumi.Input<string>;
}

/** Files of this machine in a Docker volume. */
export class VolumeFiles extends pulumi.CustomResource {
    /** Digest of the files that are in the volume. */
    declare readonly digest: pulumi.Output<string>;

    constructor(name: string, args: VolumeFilesArgs, opts?: pulumi.CustomResourceOptions) {
        super("london-power:docker:VolumeFiles", name, { ...args }, opts);
    }
}
