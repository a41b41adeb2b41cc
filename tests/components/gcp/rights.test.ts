// Who may do what, and where what is secret stands.
import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { deploy, inputsOf } from "./platform.ts";

test.serial("nobody gets a role on more resources than necessary", async (t) => {
    await deploy({ schedule: "0 3 * * *", notebookUsers: "user:ana@example.org" });
    const [{ instanceOwners }] = Object.values(inputsOf("gcp:workbench/instance:Instance"));
    t.is(instanceOwners, undefined, "with owners, no right on the service account would open it");
    const given = (type: string) =>
        Object.values(inputsOf(type)).map(({ role, member }) => `${member.split("@")[0]} ${role}`);
    t.deepEqual(given("gcp:projects/iAMMember:IAMMember").sort(), [
        "principal://firestore.googleapis.com/analysis-0 roles/datastore.user",
        "principal://firestore.googleapis.com/ingest-0 roles/datastore.user",
        "serviceAccount:lp-test-jobs projects/my-project-123/roles/lp_test_worker_20260101000000",
        "serviceAccount:lp-test-notebook roles/bigquery.jobUser",
        "serviceAccount:lp-test-notebook roles/logging.logWriter",
        "serviceAccount:lp-test-notebook roles/monitoring.metricWriter",
        "serviceAccount:lp-test-scheduler projects/my-project-123/roles/london_power_test_scheduler_20260101000000",
    ]);
    t.deepEqual(given("gcp:serviceaccount/iAMMember:IAMMember").sort(), [
        "user:ana roles/iam.serviceAccountUser",
    ]);
    const onBuckets = Object.values(inputsOf("gcp:storage/bucketIAMMember:BucketIAMMember")).map(
        ({ bucket, role, member }) => `${bucket} ${member.split("@")[0]} ${role}`,
    );
    const [data, files] = ["my-project-123-london-power-test", "my-project-123-lp-test-files"];
    t.deepEqual(onBuckets.sort(), [
        `${data} serviceAccount:lp-test-jobs roles/storage.objectAdmin`,
        `${data} serviceAccount:lp-test-notebook roles/storage.objectViewer`,
        `${files} serviceAccount:lp-test-jobs roles/storage.objectViewer`,
        `${files} serviceAccount:lp-test-notebook roles/storage.objectViewer`,
    ]);
    const secrets = Object.entries(inputsOf("gcp:secretmanager/secretIamMember:SecretIamMember"));
    t.deepEqual(secrets.map(([name, { member }]) => `${name} ${member.split("@")[0]}`).sort(), [
        "gcp-documents-analysis-jobs-secretAccessor serviceAccount:lp-test-jobs",
        "gcp-documents-analysis-notebook-secretAccessor serviceAccount:lp-test-notebook",
        "gcp-documents-ingest-jobs-secretAccessor serviceAccount:lp-test-jobs",
    ]);
    const users = Object.values(inputsOf("gcp:projects/iAMMember:IAMMember")).filter(
        ({ role }) => role === "roles/datastore.user",
    );
    t.deepEqual(
        users.map(({ condition }) => condition.expression),
        Array(2).fill('resource.name == "projects/my-project-123/databases/london-power-test"'),
    );
});

test.serial(
    "the scheduler's account may submit batches as the jobs' account, and nothing else",
    async (t) => {
        await deploy({ schedule: "0 3 * * *", compute: "serverless" });
        const [acts] = Object.values(inputsOf("gcp:serviceaccount/iAMMember:IAMMember"));
        t.regex(acts.serviceAccountId, /lp-test-jobs@/);
        t.is(acts.role, "roles/iam.serviceAccountUser");
        t.regex(acts.member, /lp-test-scheduler@/);
        const roles = inputsOf("gcp:projects/iAMCustomRole:IAMCustomRole");
        t.deepEqual(roles["gcp-schedule-role"].permissions, [
            "workflows.executions.create",
            "dataproc.batches.create",
            "dataproc.batches.get",
        ]);
        const [workflow] = Object.values(inputsOf("gcp:workflows/workflow:Workflow"));
        t.regex(workflow.serviceAccount, /^lp-test-scheduler@/);
        const onRepository = Object.values(
            inputsOf("gcp:artifactregistry/repositoryIamMember:RepositoryIamMember"),
        ).map(({ role, member }) => `${member.split("@")[0]} ${role}`);
        t.deepEqual(onRepository.sort(), [
            "serviceAccount:lp-test-builder roles/artifactregistry.writer",
            "serviceAccount:lp-test-jobs roles/artifactregistry.reader",
        ]);
    },
);

test.serial("jobs cannot write anything that others run", async (t) => {
    await deploy({ schedule: "0 3 * * *" });
    const files = "gs://my-project-123-lp-test-files/";
    const [{ gceSetup }] = Object.values(inputsOf("gcp:workbench/instance:Instance"));
    t.true(gceSetup.metadata["post-startup-script"].startsWith(files));
    t.true(gceSetup.metadata["london-power-files"].startsWith(files));
    const [workflow] = Object.values(inputsOf("gcp:dataproc/workflowTemplate:WorkflowTemplate"));
    // biome-ignore lint/suspicious/noExplicitAny: inputs of a resource.
    t.true(workflow.jobs.every((job: any) => job.pysparkJob.mainPythonFileUri.startsWith(files)));
    const roles = Object.values(inputsOf("gcp:projects/iAMCustomRole:IAMCustomRole"));
    const rights = roles.flatMap(({ permissions }) => permissions as string[]);
    t.deepEqual(
        rights.filter((right) => right.startsWith("storage.")),
        ["storage.buckets.get"],
    );
});

test.serial("connection strings are secret, and jobs get the names of the secrets", async (t) => {
    const { platform } = await deploy();
    const versions = inputsOf("gcp:secretmanager/secretVersion:SecretVersion");
    const { secretData } = versions["gcp-documents-ingest-version"];
    t.is(
        secretData.value,
        "mongodb://ingest-0:Winter%2FGarden%3D7@uid-1.europe-west2.firestore.goog:443/london-power-test" +
            "?loadBalanced=true&authMechanism=SCRAM-SHA-256&tls=true&retryWrites=false",
    );
    t.true(Object.values(versions).every((version) => version.secretData !== version.secretData.value));
    t.false(await pulumi.isSecret(platform.documents.as("ingest").file));
    const runs = inputsOf("london-power:spark:SparkRun");
    t.true(runs.load.args.includes("sm://projects/my-project-123/secrets/london-power-test-mongo-ingest"));
    t.true(runs.train.args.includes("sm://projects/my-project-123/secrets/london-power-test-mongo-analysis"));
    t.false(JSON.stringify(runs).includes("Garden"));
});

test.serial("a rotation creates another user and does not make a job run again", async (t) => {
    await deploy();
    const before = inputsOf("london-power:spark:SparkRun");
    await deploy({ rotation: "1", rotationMongo: "1" });
    t.deepEqual(
        Object.values(inputsOf("gcp:firestore/userCreds:UserCreds")).map(({ name }) => name),
        ["ingest-2", "analysis-2"],
    );
    // The name changes each time, so the old resource is deleted; its deletion waits until no run has the old users.
    t.deepEqual(Object.keys(inputsOf("london-power:google:RunsEnded")), ["gcp-documents-runs-2"]);
    t.deepEqual(inputsOf("london-power:spark:SparkRun"), before);
    t.true(
        Object.values(inputsOf("gcp:secretmanager/secret:Secret")).every(
            ({ versionDestroyTtl }) => versionDestroyTtl === "86400s",
        ),
    );
});
