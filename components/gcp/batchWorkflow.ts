import { readFileSync } from "node:fs";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

/** A job as a batch, with the settings of the last deployment. */
export interface ScheduledBatch {
    job: string;
    /** The batch in the format of Dataproc's API. */
    batch: object;
}

export interface BatchWorkflowArgs {
    project: string;
    region: string;
    workflowName: string;
    /** E-mail of the service account that submits the batches. */
    account: pulumi.Input<string>;
    /** The jobs, each after the jobs that it follows. */
    batches: pulumi.Input<ScheduledBatch>[];
    /** Base URL of Dataproc. */
    dataproc: string;
}

/** A part of the workflow that submits a batch and waits for its end. It repeats requests that fail temporarily. */
const RUN_BATCH = JSON.parse(readFileSync("components/gcp/workflows/runBatch.json", "utf8"));

/** A workflow that runs jobs as Serverless batches, one after another. It ends at the first batch that does not succeed. */
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
            // The next deployment can create all of it again.
            deletionProtection: false,
        },
        opts,
    );
}

/** @param url URL that batches are submitted to */
function main(url: string, batches: ScheduledBatch[]): object {
    return {
        steps: batches.map(({ job, batch }) => ({
            // Names of steps must not contain hyphens.
            [job.replaceAll("-", "_")]: { call: "runBatch", args: { batches: url, job, batch } },
        })),
    };
}
