import { type Inputs, rule, UNKNOWN } from "./rule.ts";

function* accessList() {
    yield "Lists of access by object go around the bucket's own rules. Grant roles with a BucketIAMMember instead.";
}

export const privateBuckets = rule("private-buckets", "A bucket is private, and has one set of rules.", {
    *"gcp:storage/bucket:Bucket"({
        uniformBucketLevelAccess: uniform,
        publicAccessPrevention: prevention,
    }: Inputs) {
        if (uniform !== true && uniform !== UNKNOWN) {
            yield "Objects can have rules of their own. Set uniformBucketLevelAccess: true.";
        }
        if (prevention !== "enforced" && prevention !== UNKNOWN) {
            yield 'It can be opened to everybody. Set publicAccessPrevention: "enforced".';
        }
    },
    "gcp:storage/bucketACL:BucketACL": accessList,
    "gcp:storage/bucketAccessControl:BucketAccessControl": accessList,
    "gcp:storage/defaultObjectACL:DefaultObjectACL": accessList,
    "gcp:storage/defaultObjectAccessControl:DefaultObjectAccessControl": accessList,
    "gcp:storage/objectACL:ObjectACL": accessList,
    "gcp:storage/objectAccessControl:ObjectAccessControl": accessList,
});
