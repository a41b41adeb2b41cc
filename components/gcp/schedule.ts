import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { batchWorkflow, type ScheduledBatch } from "./batchWorkflow.ts";
import { grant } from "./grant.ts";
import { customRole } from "./role.ts";

/** A step of a cluster's workflow: a job with the settings of the last deployment. */
export type WorkflowStep = pulumi.Unwrap<gcp.types.input.dataproc.WorkflowTemplateJob>;

export interface ScheduleArgs {
    project: string;
    region: string;
    /** Name of the workflow and of the scheduler's job, and part of the role's id. */
    prefix: string;
    /** Schedule, in cron's five fields. */
    cron: string;
    timeZone: string;
    /** Labels by which Dataproc finds the cluster; no other cluster has them. */
    clusterLabels: Record<string, string>;
    /** Account that starts the workflow and submits its batches. */
    account: gcp.serviceaccount.Account;
    /** Account that batches run as. */
    jobAccount: gcp.serviceaccount.Account;
    /** Time when the stack's bucket was created, ISO 8601. */
    generation: pulumi.Output<string>;
    /** The jobs on a cluster; empty if they are batches. */
    steps: pulumi.Input<WorkflowStep>[];
    /** The jobs as Serverless batches; empty if there is a cluster. */
    batches: pulumi.Input<ScheduledBatch>[];
    /** Base URL of a server in place of Google's; "" for Google's own. */
    endpoint: string;
}

/** The request with which Cloud Scheduler starts a run, and the permission that the account needs for it. */
interface Start {
    uri: pulumi.Output<string>;
    permissions: string[];
}

/** Runs the pipeline on a schedule: Cloud Scheduler starts a workflow, which does not need this program. */
export class Schedule extends pulumi.ComponentResource {
    private readonly name: string;
    private readonly args: ScheduleArgs;

    constructor(name: string, args: ScheduleArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:Schedule", name, {}, opts);
        this.name = name;
        this.args = args;
        const { project, region, prefix, account, batches } = args;
        const child = { parent: this, dependsOn: opts?.dependsOn };
        const { uri, permissions } = batches.length > 0 ? this.withBatches(child) : this.onCluster(child);
        // Every predefined role that can start workflows has further rights.
        const role = customRole(
            `${name}-role`,
            {
                prefix,
                purpose: "scheduler",
                generation: args.generation,
                title: `Starts the workflow ${prefix}`,
                permissions,
            },
            child,
        );
        const right = grant(`${name}-scheduler`, account, role.name, { project }, this);
        new gcp.cloudscheduler.Job(
            `${name}-job`,
            {
                name: prefix,
                region,
                schedule: args.cron,
                timeZone: args.timeZone,
                description: "Runs the pipeline on what was last deployed",
                retryConfig: { retryCount: 1 },
                httpTarget: {
                    httpMethod: "POST",
                    uri,
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

    /** Creates a workflow of Dataproc. */
    private onCluster(child: pulumi.CustomResourceOptions): Start {
        const { project, region, prefix, steps, clusterLabels } = this.args;
        const workflow = new gcp.dataproc.WorkflowTemplate(
            `${this.name}-workflow`,
            {
                name: prefix,
                location: region,
                jobs: steps,
                placement: { clusterSelector: { clusterLabels } },
            },
            { ...child, deleteBeforeReplace: true },
        );
        const templates = `${this.urlOf("dataproc")}/v1/projects/${project}/regions/${region}/workflowTemplates`;
        return {
            uri: pulumi.interpolate`${templates}/${workflow.name}:instantiate`,
            permissions: ["dataproc.workflowTemplates.instantiate"],
        };
    }

    /** Creates a workflow of Google Workflows, because Dataproc's own workflows run on clusters only. */
    private withBatches(child: pulumi.CustomResourceOptions): Start {
        const { project, region, prefix, batches, account, jobAccount } = this.args;
        grant(`${this.name}-jobs`, account, "roles/iam.serviceAccountUser", { account: jobAccount }, this);
        const workflow = batchWorkflow(
            `${this.name}-batches`,
            {
                project,
                region,
                workflowName: prefix,
                account: account.email,
                batches,
                dataproc: this.urlOf("dataproc"),
            },
            child,
        );
        const workflows = `${this.urlOf("workflowexecutions")}/v1/projects/${project}/locations/${region}/workflows`;
        return {
            uri: pulumi.interpolate`${workflows}/${workflow.name}/executions`,
            permissions: ["workflows.executions.create", "dataproc.batches.create", "dataproc.batches.get"],
        };
    }

    private urlOf(service: string): string {
        return this.args.endpoint || `https://${service}.googleapis.com`;
    }
}
