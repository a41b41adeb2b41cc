import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { grant } from "./grant.ts";
import { customRole } from "./role.ts";

/** What each of the platform's service accounts is for. */
const ROLES = {
    jobs: "Drivers and executors of the jobs",
    notebook: "The Workbench instance",
    scheduler: "Starts the pipeline by the clock",
    builder: "Builds the image of Serverless batches",
} as const;

/** What Google's `roles/dataproc.worker` gives to the machines of Spark, without its rights on the objects of all buckets. */
const WORKER = [
    "dataproc.agents.create",
    "dataproc.agents.delete",
    "dataproc.agents.get",
    "dataproc.agents.list",
    "dataproc.agents.update",
    "dataproc.tasks.lease",
    "dataproc.tasks.listInvalidatedLeases",
    "dataproc.tasks.reportStatus",
    "logging.logEntries.create",
    "monitoring.metricDescriptors.create",
    "monitoring.metricDescriptors.get",
    "monitoring.metricDescriptors.list",
    "monitoring.monitoredResourceDescriptors.get",
    "monitoring.monitoredResourceDescriptors.list",
    "monitoring.timeSeries.create",
    "storage.buckets.get",
];

export type Role = keyof typeof ROLES;

export interface AccountsArgs {
    project: string;
    /** Begins the ids, which have 30 characters at most. */
    prefix: string;
    /** Those that are needed. */
    roles: Role[];
    /** What jobs write. */
    bucket: gcp.storage.Bucket;
    /** Code and data, which nobody writes but who deploys. */
    files: gcp.storage.Bucket;
    /** When the stack's bucket was made, ISO 8601. */
    generation: pulumi.Output<string>;
}

/**
 * A service account for each role, without keys. Rights are given where what they are on is made; here are those that
 * Google gives on nothing smaller than the project, and those on the bucket.
 */
export class Accounts extends pulumi.ComponentResource {
    readonly jobs: gcp.serviceaccount.Account;
    /** Absent where they are not needed. */
    readonly notebook?: gcp.serviceaccount.Account;
    readonly scheduler?: gcp.serviceaccount.Account;
    readonly builder?: gcp.serviceaccount.Account;
    /** What has to be there before a job can run. */
    readonly ready: pulumi.Resource[];

    constructor(name: string, args: AccountsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:Accounts", name, {}, opts);
        const { project, bucket, files, generation } = args;
        const account = (role: Role) =>
            new gcp.serviceaccount.Account(
                `${name}-${role}`,
                { accountId: `${args.prefix}-${role}`, displayName: `London Power: ${ROLES[role]}` },
                { parent: this, dependsOn: opts?.dependsOn },
            );
        this.jobs = account("jobs");
        this.notebook = args.roles.includes("notebook") ? account("notebook") : undefined;
        this.scheduler = args.roles.includes("scheduler") ? account("scheduler") : undefined;
        this.builder = args.roles.includes("builder") ? account("builder") : undefined;
        const worker = customRole(
            `${name}-worker`,
            {
                prefix: args.prefix,
                purpose: "worker",
                permissions: WORKER,
                generation,
                title: `Machines of Spark, ${args.prefix}`,
            },
            { parent: this, dependsOn: opts?.dependsOn },
        );
        this.ready = [
            grant(`${name}-worker`, this.jobs, worker.name, { project }, this),
            grant(`${name}-jobs`, this.jobs, "roles/storage.objectAdmin", { bucket }, this),
            // What jobs could write, they could have run with the rights of others.
            grant(`${name}-files-jobs`, this.jobs, "roles/storage.objectViewer", { bucket: files }, this),
        ];
        if (this.notebook) {
            grant(`${name}-notebook`, this.notebook, "roles/storage.objectViewer", { bucket }, this);
            grant(
                `${name}-files-notebook`,
                this.notebook,
                "roles/storage.objectViewer",
                { bucket: files },
                this,
            );
            grant(`${name}-notebook`, this.notebook, "roles/logging.logWriter", { project }, this);
            grant(`${name}-notebook`, this.notebook, "roles/monitoring.metricWriter", { project }, this);
        }
        if (this.builder) {
            this.ready.push(
                grant(
                    `${name}-files-builder`,
                    this.builder,
                    "roles/storage.objectViewer",
                    { bucket: files },
                    this,
                ),
                grant(`${name}-builder`, this.builder, "roles/logging.logWriter", { project }, this),
            );
        }
        this.registerOutputs({ jobs: this.jobs.email });
    }
}
