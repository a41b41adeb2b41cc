import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { grant } from "./grant.ts";
import { customRole } from "./role.ts";

/** Purpose of each of the platform's service accounts. */
const ROLES = {
    jobs: "Drivers and executors of the jobs",
    notebook: "The Workbench instance",
    scheduler: "Starts the pipeline by the clock",
    builder: "Builds the image of Serverless batches",
} as const;

/** The permissions of Google's `roles/dataproc.worker`, without those on the objects of all buckets. */
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
    /** Prefix of the accounts' ids, which have at most 30 characters. */
    prefix: string;
    /** The roles for which an account is created. */
    roles: Role[];
    /** The bucket that jobs write to. */
    bucket: gcp.storage.Bucket;
    /** The bucket with code and data; only the person who deploys writes to it. */
    files: gcp.storage.Bucket;
    /** Time when the stack's bucket was created, ISO 8601. */
    generation: pulumi.Output<string>;
}

/**
 * A service account for each role, without keys. It grants the rights on the bucket, and those that Google grants only on a whole
 * project. All other rights are granted beside the resource that they apply to.
 */
export class Accounts extends pulumi.ComponentResource {
    readonly jobs: gcp.serviceaccount.Account;
    /** The accounts of the other roles; `undefined` for a role that the stack does not need. */
    readonly notebook?: gcp.serviceaccount.Account;
    readonly scheduler?: gcp.serviceaccount.Account;
    readonly builder?: gcp.serviceaccount.Account;
    /** Resources that have to exist before a job can run. */
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
            // If jobs could write code, others would run it with their own rights.
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
