import test from "ava";
import { deploy, inputsOf, recorded } from "./platform.ts";

const LAKE = "gs://my-project-123-london-power-test/lake";

test.serial("BigQuery gets the lake's files after the job that writes them", async (t) => {
    await deploy();
    const order = recorded.map(({ name }) => name);
    t.true(order.indexOf("gcp-warehouse-dataset") > order.indexOf("ingest"));
    const tables = inputsOf("gcp:bigquery/table:Table");
    t.like(tables["gcp-warehouse-readings-files"].externalDataConfiguration, {
        sourceFormat: "PARQUET",
        autodetect: true,
        sourceUris: [`${LAKE}/readings/_manifest`],
        fileSetSpecType: "FILE_SET_SPEC_TYPE_NEW_LINE_DELIMITED_MANIFEST",
        hivePartitioningOptions: {
            mode: "CUSTOM",
            sourceUriPrefix: `${LAKE}/readings/{run:STRING}/{month:STRING}`,
        },
    });
});

test.serial("views use existing tables of the dataset, each after the tables that it reads", async (t) => {
    await deploy();
    const tables = Object.values(inputsOf("gcp:bigquery/table:Table"));
    const made: string[] = [];
    for (const { tableId, view } of tables) {
        const read = [...(view?.query.matchAll(/`my-project-123\.london_power_test`\.(\w+)/g) ?? [])];
        t.true(
            read.every(([, table]) => made.includes(table)),
            tableId,
        );
        t.false(view?.query.includes("{{") ?? false, tableId);
        made.push(tableId);
    }
    t.true(made.includes("monthly_by_acorn") && made.includes("std_vs_tou"));
});

test.serial("the schedule runs all deployed jobs, ingest first", async (t) => {
    await deploy({ schedule: "0 3 * * 1-5", timeZone: "UTC" });
    const [workflow] = Object.values(inputsOf("gcp:dataproc/workflowTemplate:WorkflowTemplate"));
    t.deepEqual(
        // biome-ignore lint/suspicious/noExplicitAny: inputs of a resource.
        workflow.jobs.map(({ stepId, prerequisiteStepIds }: any) => [stepId, ...prerequisiteStepIds]),
        [
            ["ingest"],
            ["load", "ingest"],
            ["analyze", "ingest"],
            ["train", "ingest"],
            ["report", "load", "analyze", "train"],
        ],
    );
    const [ingest] = workflow.jobs;
    t.regex(ingest.pysparkJob.mainPythonFileUri, /\/jobs\/[0-9a-f]{16}\/ingest\.py$/);
    t.deepEqual(ingest.pysparkJob.args.slice(-2), ["--run", "ingest-scheduled"]);
    t.deepEqual(workflow.placement.clusterSelector.clusterLabels, { app: "london-power", stack: "test" });
    const [job] = Object.values(inputsOf("gcp:cloudscheduler/job:Job"));
    t.like(job, { schedule: "0 3 * * 1-5", timeZone: "UTC" });
    t.regex(job.httpTarget.uri, /\/workflowTemplates\/london-power-test:instantiate$/);
    t.is(
        job.httpTarget.oauthToken.serviceAccountEmail,
        "lp-test-scheduler@my-project-123.iam.gserviceaccount.com",
    );
});
