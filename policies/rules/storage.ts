import { type Inputs, rule, UNKNOWN } from "./rule.ts";

function* accessList() {
    yield "An access control list bypasses the roles of the bucket. Grant roles with a BucketIAMMember instead.";
}

export const privateBuckets = rule("private-buckets", "A bucket is private, and only roles grant access.", {
    *"gcp:storage/bucket:Bucket"({
        uniformBucketLevelAccess: uniform,
        publicAccessPrevention: prevention,
    }: Inputs) {
        if (uniform !== true && uniform !== UNKNOWN) {
            yield "Objects can have access control lists. Set uniformBucketLevelAccess: true.";
        }
        if (prevention !== "enforced" && prevention !== UNKNOWN) {
            yield 'A grant can open it to everybody. Set publicAccessPrevention: "enforced".';
        }
    },
    "gcp:storage/bucketACL:BucketACL": accessList,
    "gcp:storage/bucketAccessControl:BucketAccessControl": accessList,
    "gcp:storage/defaultObjectACL:DefaultObjectACL": accessList,
    "gcp:storage/defaultObjectAccessControl:DefaultObjectAccessControl": accessList,
    "gcp:storage/objectACL:ObjectACL": accessList,
    "gcp:storage/objectAccessControl:ObjectAccessControl": accessList,
});
