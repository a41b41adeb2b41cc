import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { PROJECT_FOLDER } from "../../provider/sdk/swarmContainer.ts";
import { VolumeFiles } from "../../provider/sdk/volumeFiles.ts";
import { bundleOf } from "../common/digest.ts";

export interface ProjectFilesArgs {
    /** The Docker engine, as in DOCKER_HOST. */
    host: string;
    /** Our image, for the containers that copy files. */
    image: pulumi.Input<string>;
}

/** The volume with the project's and its user's files, for all containers. */
export class ProjectFiles extends pulumi.ComponentResource {
    readonly volume: docker.Volume;
    private readonly name: string;
    private readonly args: ProjectFilesArgs;

    constructor(name: string, args: ProjectFilesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:ProjectFiles", name, {}, opts);
        this.name = name;
        this.args = args;
        this.volume = new docker.Volume(
            `${name}-volume`,
            { name: `london-power-${pulumi.getStack()}` },
            { parent: this, deleteBeforeReplace: true },
        );
        this.registerOutputs({ volume: this.volume.name });
    }

    /** Copies files into a folder of the volume, and again when they change. Returns the folder's path in a container and the name
     * of each file in it. */
    copy(folder: string, paths: string[]): { folder: pulumi.Output<string>; names: string[] } {
        const { names, files, digest } = bundleOf(paths);
        const copied = new VolumeFiles(
            `${this.name}-${folder}`,
            {
                host: this.args.host,
                volume: this.volume.name,
                image: this.args.image,
                folder,
                files,
                digest,
            },
            { parent: this },
        );
        return { folder: pulumi.interpolate`${PROJECT_FOLDER}/${folder}/${copied.digest}`, names };
    }
}
