import { readFileSync } from "node:fs";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

/** A job as a batch: as its last deployment ran it. */
export interface ScheduledBatch {
    job: string;
    /** As Dataproc's interface takes it. */
    batch: object;
}

export interface BatchWorkflowArgs {
    project: string;
    region: string;
    workflowName: string;
    /** E-mail of the service account that submits the batches. */
    account: pulumi.Input<string>;
    /** Each stands behind those that it follows. */
    batches: pulumi.Input<ScheduledBatch>[];
    /** Base URL of Dataproc. */
    dataproc: string;
}

/** A part of the workflow: submits a batch, and waits for its end. Where Google has passing trouble it asks again. */
const RUN_BATCH = JSON.parse(readFileSync("components/gcp/workflows/runBatch.json", "utf8"));

/** A workflow that runs jobs as Serverless batches, one after another, and ends with the first that does not succeed. */
export function batchWorkflow(
    name: string,
    args: BatchWorkflowArgs,
    opts: pulumi.CustomResourceOptions,
): gcp.workflows.Workflow {
    const { project, region, dataproc } = args;
    const batches = `${dataproc}/v1/projects/${project}/locations/${region}/batches`;
    return new gcp.workflows.Workflow(
        name,
        {
            name: args.workflowName,
            region,
            description: "Runs the pipeline on what was last deployed",
            serviceAccount: args.account,
            sourceContents: pulumi
                .all(args.batches)
                .apply((all) => JSON.stringify({ main: main(batches, all), runBatch: RUN_BATCH }, null, 2)),
            // It holds nothing that is not made again by the next deployment.
            deletionProtection: false,
        },
        opts,
    );
}

/** @param url where batches are submitted */
function main(url: string, batches: ScheduledBatch[]): object {
    return {
        steps: batches.map(({ job, batch }) => ({
            // Names of steps have no hyphens.
            [job.replaceAll("-", "_")]: { call: "runBatch", args: { batches: url, job, batch } },
        })),
    };
}
