import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { ImageBuild } from "../../provider/sdk/imageBuild.ts";
import { grant } from "./grant.ts";

/** The files from which the image is built, its Dockerfile first. */
export const IMAGE_FILES = ["images/serverless/Dockerfile", "jobs/requirements.txt"] as const;

export interface ServerlessImageArgs {
    project: string;
    region: string;
    /** Id of the repository that is created for the image. */
    repositoryId: string;
    /** gs:// URI of the folder with `IMAGE_FILES`, which is named after their digest. */
    files: pulumi.Input<string>;
    /** Account that builds the image and may read the folder. */
    builder: gcp.serviceaccount.Account;
    /** Account that runs in the image. */
    jobs: gcp.serviceaccount.Account;
    /** Cloud KMS key that Artifact Registry may use. Default: Google's own key. */
    kmsKey?: pulumi.Input<string>;
    /** Base URL of a server in place of Google's; "" for Google's own. */
    endpoint: string;
}

/** The image of Serverless batches, which contains the jobs' packages. Cloud Build builds it, and Artifact Registry stores it. */
export class ServerlessImage extends pulumi.ComponentResource {
    /** Name of the image with its version; known when the image exists and may be used. */
    readonly image: pulumi.Output<string>;

    constructor(name: string, args: ServerlessImageArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:ServerlessImage", name, {}, opts);
        const { project, region, repositoryId, builder, jobs } = args;
        const repository = new gcp.artifactregistry.Repository(
            `${name}-repository`,
            {
                repositoryId,
                location: region,
                format: "DOCKER",
                description: "What Serverless batches run in",
                kmsKeyName: args.kmsKey,
                cleanupPolicies: [
                    { id: "old", action: "DELETE", condition: { olderThan: "2592000s" } },
                    { id: "newest", action: "KEEP", mostRecentVersions: { keepCount: 2 } },
                ],
            },
            { parent: this, dependsOn: opts?.dependsOn },
        );
        const on = { repository };
        const mayPush = grant(`${name}-builder`, builder, "roles/artifactregistry.writer", on, this);
        const mayPull = grant(`${name}-jobs`, jobs, "roles/artifactregistry.reader", on, this);
        this.image = new ImageBuild(
            `${name}-build`,
            {
                project,
                region,
                repository: repository.repositoryId,
                files: args.files,
                dockerfile: IMAGE_FILES[0],
                serviceAccount: builder.email,
                endpoint: args.endpoint,
            },
            { parent: this, dependsOn: [mayPush, mayPull] },
        ).image;
        this.registerOutputs({ image: this.image });
    }
}
