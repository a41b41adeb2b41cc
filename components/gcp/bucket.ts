import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { grant } from "./grant.ts";

/** Prefix of the objects with drivers' output that Dataproc writes to a cluster's bucket. */
const DRIVER_OUTPUT = "google-cloud-dataproc-metainfo/";

export interface BucketArgs {
    /** Name of the bucket, which has to be unique among all of Google's customers. */
    bucketName: string;
    location: pulumi.Input<string>;
    /** Days for which deleted objects can be restored: 7 to 90, or 0 for never. */
    softDeleteDays: number;
    /** Days after which the output of drivers is deleted. */
    logDays: number;
    /** Cloud KMS key that the service may use. Default: Google's own key. */
    kmsKey?: pulumi.Input<string>;
    /** IAM members that may read the whole bucket. */
    readers: string[];
    /** Whether the bucket refuses to be deleted. If not, it is deleted with its content. */
    protect: boolean;
}

/** A private bucket of the stack. */
export class Bucket extends pulumi.ComponentResource {
    readonly bucket: gcp.storage.Bucket;
    /** Changes when the bucket is created again. */
    readonly generation: pulumi.Output<string>;

    constructor(name: string, args: BucketArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:Bucket", name, {}, opts);
        const { kmsKey, softDeleteDays, logDays, protect } = args;
        this.bucket = new gcp.storage.Bucket(
            `${name}-bucket`,
            {
                name: args.bucketName,
                location: args.location,
                storageClass: "STANDARD",
                uniformBucketLevelAccess: true,
                publicAccessPrevention: "enforced",
                softDeletePolicy: { retentionDurationSeconds: softDeleteDays * 86400 },
                lifecycleRules: [
                    { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 1 } },
                    {
                        action: { type: "Delete" },
                        condition: { age: logDays, matchesPrefixes: [DRIVER_OUTPUT] },
                    },
                ],
                encryption: kmsKey ? { defaultKmsKeyName: kmsKey } : undefined,
                forceDestroy: !protect,
            },
            { parent: this, protect, dependsOn: opts?.dependsOn },
        );
        for (const member of args.readers) {
            grant(`${name}-reader`, member, "roles/storage.objectViewer", { bucket: this.bucket }, this);
        }
        this.generation = this.bucket.timeCreated;
        this.registerOutputs({ bucket: this.bucket.name });
    }
}
