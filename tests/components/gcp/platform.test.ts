import type * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { resolved } from "../recorder.ts";
import { deploy, inputsOf, inventory } from "./platform.ts";

/** What every stack has beside its jobs. */
const USUAL = {
    "gcp:bigquery/dataset:Dataset": 1,
    "gcp:bigquery/datasetIamMember:DatasetIamMember": 1,
    "gcp:bigquery/table:Table": 5,
    "gcp:compute/firewall:Firewall": 1,
    "gcp:compute/network:Network": 1,
    "gcp:compute/router:Router": 1,
    "gcp:compute/routerNat:RouterNat": 1,
    "gcp:compute/subnetwork:Subnetwork": 1,
    "gcp:dataproc/cluster:Cluster": 1,
    "gcp:firestore/database:Database": 1,
    "gcp:firestore/userCreds:UserCreds": 2,
    "gcp:projects/iAMCustomRole:IAMCustomRole": 1,
    "gcp:projects/iAMMember:IAMMember": 6,
    "gcp:projects/service:Service": 8,
    "gcp:secretmanager/secret:Secret": 2,
    "gcp:secretmanager/secretIamMember:SecretIamMember": 3,
    "gcp:secretmanager/secretVersion:SecretVersion": 2,
    "gcp:serviceaccount/account:Account": 2,
    "gcp:storage/bucket:Bucket": 2,
    "gcp:storage/bucketIAMMember:BucketIAMMember": 4,
    "gcp:workbench/instance:Instance": 1,
    "london-power:google:BucketFiles": 3,
    "london-power:google:RunsEnded": 1,
    "london-power:spark:SparkRun": 5,
    "london-power:time:Timestamp": 1,
};

const MINE = {
    "gcp:firestore/database:Database": 0,
    "gcp:firestore/userCreds:UserCreds": 0,
    "london-power:google:RunsEnded": 0,
    "london-power:time:Timestamp": 0,
};

for (const [what, changes, difference, secrets] of [
    ["as it comes", {}, {}, []],
    [
        "with a cluster that grows",
        { maxWorkers: "5" },
        { "gcp:dataproc/autoscalingPolicy:AutoscalingPolicy": 1 },
        [],
    ],
    [
        "with Serverless batches",
        { compute: "serverless", serverlessImage: "europe-west2-docker.pkg.dev/p/r/spark:1" },
        { "gcp:dataproc/cluster:Cluster": 0 },
        [],
    ],
    [
        "with Serverless batches in an image that Cloud Build makes",
        { compute: "serverless" },
        {
            "gcp:artifactregistry/repository:Repository": 1,
            "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember": 2,
            "gcp:dataproc/cluster:Cluster": 0,
            "gcp:projects/iAMMember:IAMMember": 7,
            "gcp:projects/service:Service": 10,
            "gcp:serviceaccount/account:Account": 3,
            "gcp:storage/bucketIAMMember:BucketIAMMember": 5,
            "london-power:google:BucketFiles": 4,
            "london-power:google:ImageBuild": 1,
        },
        [],
    ],
    [
        "with a schedule",
        { schedule: "0 3 * * 1-5" },
        {
            "gcp:cloudscheduler/job:Job": 1,
            "gcp:dataproc/workflowTemplate:WorkflowTemplate": 1,
            "gcp:projects/iAMCustomRole:IAMCustomRole": 2,
            "gcp:projects/iAMMember:IAMMember": 7,
            "gcp:projects/service:Service": 9,
            "gcp:serviceaccount/account:Account": 3,
        },
        [],
    ],
    [
        "with Serverless batches by a schedule",
        {
            compute: "serverless",
            serverlessImage: "europe-west2-docker.pkg.dev/p/r/spark:1",
            schedule: "0 3 * * 1-5",
        },
        {
            "gcp:cloudscheduler/job:Job": 1,
            "gcp:dataproc/cluster:Cluster": 0,
            "gcp:projects/iAMCustomRole:IAMCustomRole": 2,
            "gcp:projects/iAMMember:IAMMember": 7,
            "gcp:projects/service:Service": 11,
            "gcp:serviceaccount/account:Account": 3,
            "gcp:serviceaccount/iAMMember:IAMMember": 1,
            "gcp:workflows/workflow:Workflow": 1,
        },
        [],
    ],
    [
        "with the user's own MongoDB",
        { mongoUri: "mongodb+srv://me:Winter-Garden-7@db.example/" },
        { ...MINE, "gcp:projects/iAMMember:IAMMember": 4, "gcp:projects/service:Service": 7 },
        ["mongoUri"],
    ],
    [
        "without notebooks, for readers, with a key",
        {
            workbenchMachineType: "",
            readers: "group:analysts@example.org, user:ana@example.org",
            kmsKey: "projects/p/locations/europe-west2/keyRings/r/cryptoKeys/k",
        },
        {
            "gcp:bigquery/datasetIamMember:DatasetIamMember": 2,
            "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": 5,
            "gcp:projects/iAMMember:IAMMember": 3,
            "gcp:projects/serviceIdentity:ServiceIdentity": 1,
            "gcp:secretmanager/secretIamMember:SecretIamMember": 2,
            "gcp:serviceaccount/account:Account": 1,
            "gcp:storage/bucketIAMMember:BucketIAMMember": 4,
            "gcp:workbench/instance:Instance": 0,
            "london-power:google:BucketFiles": 2,
        },
        [],
    ],
] as [string, Record<string, string>, Record<string, number>, string[]][]) {
    test.serial(`the stack has exactly the requested resources ${what}`, async (t) => {
        await deploy(changes, secrets);
        const made = Object.entries(inventory()).filter(
            ([type]) => !/^(london-power:(gcp|jobs)|pulumi):/.test(type),
        );
        const expected = Object.entries({ ...USUAL, ...difference }).filter(([, count]) => count > 0);
        t.deepEqual(Object.fromEntries(made), Object.fromEntries(expected));
    });
}

test.serial("every name contains the stack's name, and the bucket's also the project's", async (t) => {
    const { recorded } = await deploy({ schedule: "0 3 * * *", maxWorkers: "3" });
    const named = recorded.filter(
        ({ type }) => /^gcp:/.test(type) && !/iam\w*member|userCreds|bigquery\/table/i.test(type),
    );
    const names = named.map(({ inputs }) => {
        const { name, accountId, secretId, datasetId, policyId, roleId } = inputs;
        return name ?? accountId ?? secretId ?? policyId ?? roleId ?? datasetId;
    });
    t.deepEqual([...new Set(names.filter((name) => name !== undefined))].sort(), [
        "london-power-test",
        "london-power-test-mongo-analysis",
        "london-power-test-mongo-ingest",
        "london-power-test-spark",
        "london_power_test",
        "london_power_test_scheduler_20260101000000",
        ...["jobs", "notebook", "scheduler"].map((role) => `lp-test-${role}`),
        "lp_test_worker_20260101000000",
        "my-project-123-london-power-test",
        "my-project-123-lp-test-files",
    ]);
});

test.serial("the provider's default labels are app, stack and the settings' labels", async (t) => {
    await deploy({ labels: "team=data, cost-centre=42" });
    const [provider] = Object.values(inputsOf("pulumi:providers:gcp"));
    t.deepEqual(JSON.parse(provider.defaultLabels), {
        app: "london-power",
        stack: "test",
        team: "data",
        "cost-centre": "42",
    });
});

test.serial("the tests' server replaces every service of Google, without credentials", async (t) => {
    await deploy();
    const [provider] = Object.values(inputsOf("pulumi:providers:gcp"));
    const paths = Object.entries(provider)
        .filter(([key]) => key.endsWith("CustomEndpoint"))
        .map(([key, url]) => [
            key.replace("CustomEndpoint", ""),
            `${url}`.replace("http://127.0.0.1:4443", ""),
        ]);
    t.deepEqual(Object.fromEntries(paths), {
        artifactRegistry: "/v1/",
        workflows: "/v1/",
        bigQuery: "/bigquery/v2/",
        compute: "/compute/v1/",
        dataproc: "/v1/",
        cloudScheduler: "/v1/",
        firestore: "/v1/",
        iamBeta: "/v1/",
        kms: "/v1/",
        resourceManager: "/v1/",
        secretManager: "/v1/",
        serviceUsage: "/v1/",
        storage: "/storage/v1/",
        workbench: "/v2/",
    });
    t.truthy(provider.accessToken);
});

test.serial("the bucket is private, and is deleted with its content unless it is protected", async (t) => {
    await deploy();
    t.like(Object.values(inputsOf("gcp:storage/bucket:Bucket"))[0], {
        location: "europe-west2",
        uniformBucketLevelAccess: true,
        publicAccessPrevention: "enforced",
        softDeletePolicy: { retentionDurationSeconds: 604800 },
        forceDestroy: true,
    });
    await deploy({ protect: "true", softDeleteDays: "0" });
    t.like(Object.values(inputsOf("gcp:storage/bucket:Bucket"))[0], {
        softDeletePolicy: { retentionDurationSeconds: 0 },
        forceDestroy: false,
    });
});

test.serial("protected resources refuse to be deleted, and others do not", async (t) => {
    const states = () => ({
        dataset: Object.values(inputsOf("gcp:bigquery/dataset:Dataset"))[0].deleteContentsOnDestroy,
        view: inputsOf("gcp:bigquery/table:Table")["gcp-warehouse-std-vs-tou"].deletionProtection,
        documents: Object.values(inputsOf("gcp:firestore/database:Database"))[0].deletionPolicy,
        secrets: Object.values(inputsOf("gcp:secretmanager/secret:Secret"))[0].deletionProtection,
    });
    await deploy();
    t.deepEqual(states(), { dataset: true, view: false, documents: "DELETE", secrets: false });
    await deploy({ protect: "true" });
    t.deepEqual(states(), { dataset: false, view: false, documents: "PREVENT", secrets: true });
});

test.serial("machines have no public address, a verified boot and their own account", async (t) => {
    await deploy({ maxWorkers: "5", idleDelete: "3600s", components: "JUPYTER,DELTA" });
    const [cluster] = Object.values(inputsOf("gcp:dataproc/cluster:Cluster"));
    const { gceClusterConfig, softwareConfig, workerConfig, lifecycleConfig } = cluster.clusterConfig;
    t.like(gceClusterConfig, {
        internalIpOnly: true,
        tags: ["london-power-test-spark"],
        serviceAccount: "lp-test-jobs@my-project-123.iam.gserviceaccount.com",
        shieldedInstanceConfig: { enableSecureBoot: true, enableVtpm: true, enableIntegrityMonitoring: true },
    });
    t.is(workerConfig.numInstances, 2);
    t.deepEqual(softwareConfig.optionalComponents, ["JUPYTER", "DELTA"]);
    t.is(lifecycleConfig.idleDeleteTtl, "3600s");
    const packages = softwareConfig.overrideProperties["dataproc:pip.packages"].split(",");
    t.true(packages.some((name: string) => /^pymongo==4\./.test(name)));
    // Those that are locked for some platforms or versions of Python alone, each once.
    for (const name of ["numpy", "scipy", "xgboost-cpu"]) {
        t.is(packages.filter((each: string) => each.startsWith(`${name}==`)).length, 1, name);
    }
    t.false(
        packages.some((name: string) => name.startsWith("xgboost==")),
        "with the code for GPUs",
    );
    t.false(
        packages.some((name: string) => name.startsWith("pyspark")),
        "the image has its own Spark",
    );

    const [{ gceSetup, location }] = Object.values(inputsOf("gcp:workbench/instance:Instance"));
    t.is(location, "europe-west2-b");
    t.true(gceSetup.disablePublicIp);
    t.is(gceSetup.serviceAccounts[0].email, "lp-test-notebook@my-project-123.iam.gserviceaccount.com");
    t.is(gceSetup.metadata["idle-timeout-seconds"], "3600");
    t.false("proxy-mode" in gceSetup.metadata, "Google's provider drops this key without a word");
});

test.serial("only the machines of the cluster, or of the subnet, may connect to each other", async (t) => {
    await deploy();
    t.like(Object.values(inputsOf("gcp:compute/firewall:Firewall"))[0], {
        sourceTags: ["london-power-test-spark"],
        targetTags: ["london-power-test-spark"],
    });
    await deploy({ compute: "serverless", serverlessImage: "europe-west2-docker.pkg.dev/p/r/spark:1" });
    t.like(Object.values(inputsOf("gcp:compute/firewall:Firewall"))[0], {
        sourceRanges: ["10.42.0.0/20"],
        destinationRanges: ["10.42.0.0/20"],
    });
});

test.serial("a file of the lake opens at Google's own address, and the bucket in its console", async (t) => {
    const { platform } = await deploy();
    const lake = await resolved(platform.lake);
    t.is(lake, "gs://my-project-123-london-power-test/lake");
    t.is(
        platform.addressOf(`${lake}/report/report.html`),
        "https://storage.cloud.google.com/my-project-123-london-power-test/lake/report/report.html",
    );
    t.is(
        await resolved(platform.endpoints.bucket as pulumi.Output<string>),
        "https://console.cloud.google.com/storage/browser/my-project-123-london-power-test",
    );
});
