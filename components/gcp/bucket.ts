import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { grant } from "./grant.ts";

/** Where Dataproc puts the output of drivers in a cluster's bucket. */
const DRIVER_OUTPUT = "google-cloud-dataproc-metainfo/";

export interface BucketArgs {
    /** Its name; those of all of Google's customers differ. */
    bucketName: string;
    location: pulumi.Input<string>;
    /** Days for which deleted objects can be had back; 0 for none, or 7 to 90. */
    softDeleteDays: number;
    /** Days for which the output of drivers is kept. */
    logDays: number;
    /** A key of Cloud KMS that the service may use; absent for Google's own. */
    kmsKey?: pulumi.Input<string>;
    /** IAM members that may read all of it. */
    readers: string[];
    /** Refuses to be deleted; else it goes with all that is in it. */
    protect: boolean;
}

/** A private bucket of the stack. */
export class Bucket extends pulumi.ComponentResource {
    readonly bucket: gcp.storage.Bucket;
    /** Changes when the bucket is made anew. */
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
