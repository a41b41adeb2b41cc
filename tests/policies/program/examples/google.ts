import type { Example } from "../examples.ts";

const BUCKET = "gcp:storage/bucket:Bucket";
const labels = { stack: "gcp" };
const bucket = {
    location: "EUROPE-WEST2",
    labels,
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
};
const cluster = {
    labels,
    clusterConfig: {
        gceClusterConfig: { internalIpOnly: true, metadata: { "mongo-secret": "/run/secret" } },
    },
};

export const google: Example[] = [
    { name: "good-bucket", type: BUCKET, inputs: bucket, finds: [] },
    {
        name: "open-bucket",
        type: BUCKET,
        inputs: { location: "EU", publicAccessPrevention: "inherited" },
        finds: [
            ["private-buckets", /Set uniformBucketLevelAccess: true/],
            ["private-buckets", /Set publicAccessPrevention: "enforced"/],
            ["labels", /Add labels: \{ stack: … \}/],
        ],
    },
    {
        name: "object-access",
        type: "gcp:storage/objectAccessControl:ObjectAccessControl",
        inputs: { entity: "allUsers", role: "READER" },
        finds: [["private-buckets", /BucketIAMMember/]],
    },
    {
        name: "public-reader",
        type: "gcp:storage/bucketIAMMember:BucketIAMMember",
        inputs: { role: "roles/storage.objectViewer", member: "allAuthenticatedUsers" },
        finds: [["no-public-members", /anybody on the internet with a Google account/]],
    },
    {
        name: "good-reader",
        type: "gcp:storage/bucketIAMMember:BucketIAMMember",
        inputs: { role: "roles/storage.objectViewer", member: "group:analysts@example.org" },
        finds: [],
    },
    {
        name: "editor",
        type: "gcp:projects/iAMMember:IAMMember",
        inputs: { role: "roles/editor", member: "serviceAccount:spark@example.iam.gserviceaccount.com" },
        finds: [["no-primitive-roles", /spark@example.* gets roles\/editor.*predefined role/]],
    },
    {
        name: "owner-by-policy",
        type: "gcp:projects/iAMPolicy:IAMPolicy",
        inputs: {
            policyData: JSON.stringify({ bindings: [{ role: "roles/owner", members: ["allUsers"] }] }),
        },
        finds: [
            ["no-primitive-roles", /roles\/owner/],
            ["no-public-members", /allUsers gets roles\/owner: anybody on the internet\./],
        ],
    },
    {
        name: "run-on-google",
        type: "london-power:spark:SparkRun",
        inputs: { args: ["--mongo-credentials", "sm://projects/p/secrets/mongo", "--token", "sm://hunter2"] },
        finds: [["no-plaintext-secrets", /--token/]],
    },
    { name: "good-cluster", type: "gcp:dataproc/cluster:Cluster", inputs: cluster, finds: [] },
    {
        name: "public-cluster",
        type: "gcp:dataproc/cluster:Cluster",
        inputs: {
            labels,
            clusterConfig: {
                gceClusterConfig: { metadata: { MONGO_PASSWORD: "hunter2" } },
                softwareConfig: { overrideProperties: { "spark:uri": "mongodb://a:b@c/" } },
            },
        },
        finds: [
            ["no-public-addresses", /internalIpOnly: true/],
            ["no-plaintext-secrets", /MONGO_PASSWORD in the metadata/],
            ["no-plaintext-secrets", /spark:uri in the properties/],
        ],
    },
    {
        name: "floating-batch",
        type: "gcp:dataproc/batch:Batch",
        inputs: {
            pysparkBatch: { args: ["--api-key", "hunter2"] },
            runtimeConfig: { containerImage: "europe-west2-docker.pkg.dev/p/r/spark:latest" },
        },
        finds: [
            ["pinned-images", /spark:latest/],
            ["no-plaintext-secrets", /--api-key/],
            ["labels", /Add labels/],
        ],
    },
    {
        name: "public-workbench",
        type: "gcp:workbench/instance:Instance",
        inputs: { labels, gceSetup: { containerImage: { repository: "gcr.io/p/notebook" } } },
        finds: [
            ["no-public-addresses", /disablePublicIp: true/],
            ["pinned-images", /gcr.io\/p\/notebook changes with/],
        ],
    },
    {
        name: "good-workbench",
        type: "gcp:workbench/instance:Instance",
        inputs: { labels, gceSetup: { disablePublicIp: true, vmImage: { family: "workbench" } } },
        finds: [],
    },
    {
        name: "public-machine",
        type: "gcp:compute/instance:Instance",
        inputs: { labels, networkInterfaces: [{ accessConfigs: [{}] }] },
        finds: [["no-public-addresses", /Leave accessConfigs out/]],
    },
    {
        name: "public-address",
        type: "gcp:compute/address:Address",
        inputs: { region: "europe-west2" },
        finds: [["no-public-addresses", /addressType: "INTERNAL"/]],
    },
    {
        name: "open-firewall",
        type: "gcp:compute/firewall:Firewall",
        inputs: { allows: [{ protocol: "tcp", ports: ["22"] }], sourceRanges: ["0.0.0.0/0"] },
        finds: [["loopback-only", /It lets in 0.0.0.0\/0.*35.235.240.0\/20/]],
    },
    {
        name: "good-firewall",
        type: "gcp:compute/firewall:Firewall",
        inputs: { allows: [{ protocol: "tcp" }], sourceRanges: ["10.0.0.0/16"] },
        finds: [],
    },
    {
        name: "public-database",
        type: "gcp:sql/databaseInstance:DatabaseInstance",
        inputs: { settings: { tier: "db-f1-micro" } },
        finds: [["no-public-addresses", /ipv4Enabled: false/]],
    },
];
