import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { grant } from "./grant.ts";
import { customRole } from "./role.ts";

/** A step of a workflow: a job as its last deployment ran it. */
export type WorkflowStep = pulumi.Unwrap<gcp.types.input.dataproc.WorkflowTemplateJob>;

export interface ScheduleArgs {
    project: string;
    region: string;
    /** Name of workflow and scheduler's job, and part of the role's id. */
    prefix: string;
    /** When, in cron's five fields. */
    cron: string;
    timeZone: string;
    /** Labels that only the cluster has on which it runs. */
    clusterLabels: Record<string, string>;
    account: gcp.serviceaccount.Account;
    /** When the stack's bucket was made, ISO 8601. */
    generation: pulumi.Output<string>;
    jobs: pulumi.Input<WorkflowStep>[];
    /** Base URL of Dataproc. */
    dataproc: string;
}

/** Runs the pipeline again by the clock: Cloud Scheduler starts a workflow of Dataproc's, which does not need this program. */
export class Schedule extends pulumi.ComponentResource {
    constructor(name: string, args: ScheduleArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:Schedule", name, {}, opts);
        const { project, region, prefix, account } = args;
        const child = { parent: this, dependsOn: opts?.dependsOn };
        const workflow = new gcp.dataproc.WorkflowTemplate(
            `${name}-workflow`,
            {
                ...{ name: prefix, location: region, jobs: args.jobs },
                placement: { clusterSelector: { clusterLabels: args.clusterLabels } },
            },
            { ...child, deleteBeforeReplace: true },
        );
        // No predefined role starts workflows and nothing else.
        const role = customRole(
            `${name}-role`,
            {
                ...{ prefix, purpose: "scheduler", generation: args.generation },
                title: `Starts the workflow ${prefix}`,
                permissions: ["dataproc.workflowTemplates.instantiate"],
            },
            child,
        );
        const right = grant(`${name}-scheduler`, account, role.name, { project }, this);
        new gcp.cloudscheduler.Job(
            `${name}-job`,
            {
                ...{ name: prefix, region, schedule: args.cron, timeZone: args.timeZone },
                description: "Runs the pipeline on what was last deployed",
                retryConfig: { retryCount: 1 },
                httpTarget: {
                    httpMethod: "POST",
                    uri: pulumi.interpolate`${args.dataproc}/v1/projects/${project}/regions/${region}/workflowTemplates/${workflow.name}:instantiate`,
                    headers: { "Content-Type": "application/json" },
                    body: Buffer.from("{}").toString("base64"),
                    oauthToken: {
                        serviceAccountEmail: account.email,
                        scope: "https://www.googleapis.com/auth/cloud-platform",
                    },
                },
            },
            { parent: this, dependsOn: right },
        );
        this.registerOutputs({});
    }
}
