import * as pulumi from "@pulumi/pulumi";
import type { GcpSettings } from "../../config/settings.ts";
import { filesUnder } from "../common/digest.ts";
import type { Job } from "../common/job.ts";
import { notebookEnvironment } from "../common/notebook.ts";
import type { Credential, DataPlatform } from "../common/platform.ts";
import { credentialsOf } from "../common/rotation.ts";
import type { Runs } from "../common/runs.ts";
import { Accounts, type Role } from "./accounts.ts";
import { Bucket } from "./bucket.ts";
import { Cluster } from "./cluster.ts";
import { demandCredentials } from "./credentials.ts";
import { GoogleDocuments } from "./documents.ts";
import { Encryption } from "./encryption.ts";
import { Jobs } from "./jobs.ts";
import { Network } from "./network.ts";
import { ProjectFiles } from "./projectFiles.ts";
import { googleProvider } from "./provider.ts";
import { Schedule } from "./schedule.ts";
import { IMAGE_FILES, ServerlessImage } from "./serverlessImage.ts";
import { Services } from "./services.ts";
import { Warehouse } from "./warehouse.ts";
import { Workbench } from "./workbench.ts";

/** The Google Cloud target: a bucket for the lake, Dataproc or Serverless for the jobs, Firestore, BigQuery, Workbench. */
export class GooglePlatform extends pulumi.ComponentResource implements DataPlatform {
    readonly lake: pulumi.Output<string>;
    readonly lakeGeneration: pulumi.Output<string>;
    readonly credentials?: Record<string, pulumi.Output<Credential>>;
    readonly documents: GoogleDocuments;
    readonly endpoints: Record<string, pulumi.Output<string>>;
    readonly warehouse: pulumi.Output<string>;
    private readonly name: string;
    private readonly settings: GcpSettings;
    /** Begins the names of what is made; the stack's own. */
    private readonly prefix = `london-power-${pulumi.getStack()}`;
    private readonly bucket: Bucket;
    private readonly accounts: Accounts;
    private readonly kmsKey?: pulumi.Output<string>;
    private readonly files: ProjectFiles;
    private readonly jobs: Jobs;
    /** Of the warehouse, whose name can have no hyphens. */
    private readonly datasetId = this.prefix.replaceAll("-", "_");

    constructor(name: string, settings: GcpSettings, opts?: pulumi.ComponentResourceOptions) {
        if (!settings.endpoint) {
            demandCredentials();
        }
        const provider = googleProvider(`${name}-provider`, settings, {});
        super("london-power:gcp:Platform", name, {}, { ...opts, providers: { gcp: provider } });
        this.name = name;
        this.settings = settings;
        const { project, region, endpoint, protect, softDeleteDays, logDays, readers } = settings;
        const { prefix } = this;
        const mongo = settings.rotation + settings.rotationMongo;
        if (!settings.mongoUri) {
            this.credentials = credentialsOf(`${name}-credentials`, { mongo }, this);
        }
        const services = new Services(`${name}-services`, { also: servicesFor(settings) }, { parent: this });
        const child = { parent: this, dependsOn: services.enabled };

        if (settings.kmsKey) {
            this.kmsKey = new Encryption(
                `${name}-encryption`,
                {
                    project,
                    kmsKey: settings.kmsKey,
                    workbench: settings.workbenchMachineType !== "",
                    repository: buildsImage(settings),
                },
                child,
            ).kmsKey;
        }
        const { kmsKey } = this;
        const accountPrefix = `lp-${pulumi.getStack()}`;
        this.bucket = new Bucket(
            `${name}-bucket`,
            {
                bucketName: `${project}-${prefix}`,
                location: region,
                softDeleteDays,
                logDays,
                readers,
                protect,
                kmsKey,
            },
            child,
        );
        const { bucket, generation } = this.bucket;
        const { bucket: files } = new Bucket(
            `${name}-files-bucket`,
            {
                bucketName: `${project}-${accountPrefix}-files`,
                location: region,
                softDeleteDays,
                logDays,
                readers: [],
                protect: false,
                kmsKey,
            },
            child,
        );
        this.accounts = new Accounts(
            `${name}-accounts`,
            { project, prefix: accountPrefix, roles: rolesFor(settings), bucket, files, generation },
            child,
        );
        const { jobs: jobAccount, notebook: notebookAccount, builder } = this.accounts;
        const notebookReaders = notebookAccount && { notebook: notebookAccount };
        this.documents = new GoogleDocuments(
            `${name}-documents`,
            {
                project,
                prefix,
                region,
                protect,
                kmsKey,
                uri: settings.mongoUri,
                database: settings.mongoDatabase,
                rotation: mongo,
                endpoint,
                cluster: settings.compute === "cluster" ? prefix : "",
                readers: {
                    ingest: { jobs: jobAccount },
                    analysis: { jobs: jobAccount, ...notebookReaders },
                },
            },
            child,
        );
        const network = new Network(
            `${name}-network`,
            { prefix, region, range: settings.subnetRange, wholeSubnet: settings.compute === "serverless" },
            child,
        );
        const ready = [...network.ready, ...this.accounts.ready];
        const cluster =
            settings.compute === "cluster"
                ? new Cluster(
                      `${name}-cluster`,
                      {
                          clusterName: prefix,
                          region,
                          zone: settings.computeZone,
                          machineType: settings.machineType,
                          diskGb: settings.diskGb,
                          workers: settings.workers,
                          maxWorkers: settings.maxWorkers,
                          idleDelete: settings.idleDelete,
                          components: settings.components,
                          imageVersion: settings.imageVersion,
                          kmsKey,
                          bucket: bucket.name,
                          network,
                          account: jobAccount.email,
                          ready,
                      },
                      child,
                  )
                : undefined;
        this.lake = pulumi.interpolate`gs://${bucket.name}/lake`;
        this.lakeGeneration = generation;
        this.warehouse = pulumi.output(`${project}.${this.datasetId}`);
        this.files = new ProjectFiles(`${name}-files`, { bucket: files.name, endpoint }, child);
        const scripts = this.files.uploadVersion("jobs", filesUnder("jobs/pyspark", [".py"]));
        const image =
            builder &&
            new ServerlessImage(
                `${name}-image`,
                {
                    project,
                    region,
                    repositoryId: prefix,
                    files: this.files.uploadVersion("image", [...IMAGE_FILES]),
                    builder,
                    jobs: jobAccount,
                    kmsKey,
                    endpoint,
                },
                { parent: this, dependsOn: [...services.enabled, ...this.accounts.ready] },
            ).image;
        this.jobs = new Jobs({
            image: image ?? settings.serverlessImage,
            workflow: settings.schedule ? prefix : "",
            settings,
            kmsKey,
            scripts,
            bucket: bucket.name,
            subnet: network.subnet,
            cluster: cluster?.cluster.name,
            account: jobAccount.email,
            ready: [...ready, ...this.documents.ready, ...(cluster ? [cluster.cluster] : [])],
        });
        const workbench =
            notebookAccount &&
            new Workbench(
                `${name}-workbench`,
                {
                    instanceName: prefix,
                    zone: settings.computeZone,
                    network,
                    account: notebookAccount,
                    protect,
                    kmsKey,
                    machineType: settings.workbenchMachineType,
                    users: settings.notebookUsers,
                    idleMinutes: settings.workbenchIdleMinutes,
                    files: this.files.uploadVersion("workbench", workbenchFiles()),
                    environment: notebookEnvironment(this),
                },
                child,
            );
        this.endpoints = {
            ...(cluster && {
                jupyter: cluster.page("JupyterLab"),
                spark: cluster.page("Spark History Server"),
            }),
            ...(workbench && { workbench: workbench.address }),
            bucket: pulumi.interpolate`https://console.cloud.settings.com/storage/browser/${bucket.name}`,
        };
        this.registerOutputs({ lake: this.lake, endpoints: this.endpoints });
    }

    /** Where Google asks who is there, then shows the object. */
    addressOf(uri: string): string {
        return uri.replace("gs://", "https://storage.cloud.settings.com/");
    }

    input(name: string, paths: string[]): pulumi.Input<string>[] {
        const { uri, names } = this.files.upload(name, name, paths);
        return names.map((file) => pulumi.interpolate`${uri}/${file}`);
    }

    run(name: string, jobs: Job[]): Runs {
        const { settings, prefix, accounts } = this;
        const { project, region, endpoint } = settings;
        const { notebook, scheduler } = accounts;
        const runs = this.jobs.run(name, jobs);
        const readings = runs.publishing("readings");
        new Warehouse(
            `${this.name}-warehouse`,
            {
                project,
                datasetId: this.datasetId,
                location: region,
                lake: this.lake,
                kmsKey: this.kmsKey,
                readers: settings.readers,
                protect: settings.protect,
                readerAccounts: notebook ? { notebook } : {},
            },
            { parent: this, dependsOn: readings },
        );
        if (scheduler) {
            new Schedule(
                `${this.name}-schedule`,
                {
                    project,
                    region,
                    prefix,
                    cron: settings.schedule,
                    timeZone: settings.timeZone,
                    account: scheduler,
                    generation: this.lakeGeneration,
                    clusterLabels: settings.labels,
                    jobAccount: accounts.jobs,
                    steps: this.jobs.steps(runs),
                    batches: this.jobs.batches(runs),
                    endpoint,
                },
                { parent: this, dependsOn: readings },
            );
        }
        return runs;
    }
}

/** Services beside those that every platform needs. */
function servicesFor(settings: GcpSettings): string[] {
    const { mongoUri, schedule, compute, workbenchMachineType, kmsKey } = settings;
    return [
        ...(mongoUri ? [] : ["firestore"]),
        ...(workbenchMachineType ? ["notebooks"] : []),
        ...(schedule ? ["cloudscheduler"] : []),
        ...(schedule && compute === "serverless" ? ["workflows", "workflowexecutions"] : []),
        ...(buildsImage(settings) ? ["artifactregistry", "cloudbuild"] : []),
        ...(kmsKey ? ["cloudkms"] : []),
    ];
}

function rolesFor(settings: GcpSettings): Role[] {
    const { schedule, workbenchMachineType } = settings;
    return [
        ...(workbenchMachineType ? ["notebook" as const] : []),
        ...(schedule ? ["scheduler" as const] : []),
        ...(buildsImage(settings) ? ["builder" as const] : []),
    ];
}

/** Whether Cloud Build makes the image of Serverless batches: the user has named none. */
function buildsImage({ compute, serverlessImage }: GcpSettings): boolean {
    return compute === "serverless" && serverlessImage === "";
}

/** What a Workbench instance is given; startup.sh puts it to use. */
function workbenchFiles(): string[] {
    return [
        ...filesUnder("notebooks", [".ipynb", ".py", ".txt", ".sh"]),
        ...filesUnder("jobs/pyspark/london_power", [".py"]),
        "jobs/requirements.txt",
    ];
}
