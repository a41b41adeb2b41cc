import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { ImageBuild } from "../../provider/sdk/imageBuild.ts";
import { grant } from "./grant.ts";

/** What the image is built of; its Dockerfile first. */
export const IMAGE_FILES = ["images/serverless/Dockerfile", "jobs/requirements.txt"] as const;

export interface ServerlessImageArgs {
    project: string;
    region: string;
    /** Id of the repository that is made for the image. */
    repositoryId: string;
    /** gs:// folder of `IMAGE_FILES`, named after their content. */
    files: pulumi.Input<string>;
    /** Builds the image, and may read the folder. */
    builder: gcp.serviceaccount.Account;
    /** Runs in the image. */
    jobs: gcp.serviceaccount.Account;
    /** A key of Cloud KMS that Artifact Registry may use; absent for Google's own. */
    kmsKey?: pulumi.Input<string>;
    /** Base URL of a server that takes Google's place, or "" for Google's own. */
    endpoint: string;
}

/** The image with the jobs' packages in which Serverless batches run: Cloud Build builds it, Artifact Registry keeps it. */
export class ServerlessImage extends pulumi.ComponentResource {
    /** With its version, once it is there and may be used. */
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
