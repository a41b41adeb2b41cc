import type * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { GcpSettings } from "../../config/settings.ts";
import { filesUnder } from "../common/digest.ts";
import type { Job } from "../common/job.ts";
import { notebookEnvironment } from "../common/notebook.ts";
import type { Credential, DataPlatform } from "../common/platform.ts";
import { credentialsOf } from "../common/rotation.ts";
import type { Runs } from "../common/runs.ts";
import { Accounts } from "./accounts.ts";
import { Bucket, type BucketArgs } from "./bucket.ts";
import { Cluster } from "./cluster.ts";
import { demandCredentials } from "./credentials.ts";
import { GoogleDocuments } from "./documents.ts";
import { Encryption } from "./encryption.ts";
import { Jobs } from "./jobs.ts";
import { buildsImage, rolesFor, servicesFor } from "./needs.ts";
import { Network } from "./network.ts";
import { ProjectFiles } from "./projectFiles.ts";
import { googleProvider } from "./provider.ts";
import { Schedule } from "./schedule.ts";
import { IMAGE_FILES, ServerlessImage } from "./serverlessImage.ts";
import { Services } from "./services.ts";
import { Warehouse } from "./warehouse.ts";
import { Workbench, workbenchFiles } from "./workbench.ts";

/** The Google Cloud target: a bucket for the lake, Dataproc or Serverless for the jobs, Firestore, BigQuery and Workbench. */
export class GooglePlatform extends pulumi.ComponentResource implements DataPlatform {
    readonly lake: pulumi.Output<string>;
    readonly lakeGeneration: pulumi.Output<string>;
    readonly credentials?: Record<string, pulumi.Output<Credential>>;
    readonly documents: GoogleDocuments;
    readonly endpoints: Record<string, pulumi.Output<string>>;
    readonly warehouse: pulumi.Output<string>;
    private readonly name: string;
    private readonly settings: GcpSettings;
    /** Prefix of the resources' names; each stack has its own. */
    private readonly prefix = `london-power-${pulumi.getStack()}`;
    /** Prefix of the short ids of service accounts, and part of the name of the files' bucket. */
    private readonly accountPrefix = `lp-${pulumi.getStack()}`;
    private readonly services: Services;
    private readonly kmsKey: pulumi.Output<string> | undefined;
    private readonly bucket: Bucket;
    private readonly files: ProjectFiles;
    private readonly accounts: Accounts;
    private readonly network: Network;
    private readonly jobs: Jobs;
    /** Id of the warehouse's dataset, which must not contain hyphens. */
    private readonly datasetId = this.prefix.replaceAll("-", "_");

    constructor(name: string, settings: GcpSettings, opts?: pulumi.ComponentResourceOptions) {
        if (!settings.endpoint) {
            demandCredentials();
        }
        const provider = googleProvider(`${name}-provider`, settings, {});
        super("london-power:gcp:Platform", name, {}, { ...opts, providers: { gcp: provider } });
        this.name = name;
        this.settings = settings;
        const { project, endpoint } = settings;
        const mongo = settings.rotation + settings.rotationMongo;
        if (!settings.mongoUri) {
            this.credentials = credentialsOf(`${name}-credentials`, { mongo }, this);
        }
        this.services = new Services(`${name}-services`, { also: servicesFor(settings) }, { parent: this });
        this.kmsKey = settings.kmsKey ? this.encryption(settings.kmsKey) : undefined;
        this.bucket = this.newBucket("bucket", {
            bucketName: `${project}-${this.prefix}`,
            readers: settings.readers,
            protect: settings.protect,
        });
        const { bucket, generation } = this.bucket;
        const { bucket: files } = this.newBucket("files-bucket", {
            bucketName: `${project}-${this.accountPrefix}-files`,
            readers: [],
            protect: false,
        });
        this.accounts = new Accounts(
            `${name}-accounts`,
            { project, prefix: this.accountPrefix, roles: rolesFor(settings), bucket, files, generation },
            this.child(),
        );
        this.documents = this.firestore(mongo);
        const wholeSubnet = settings.compute === "serverless";
        this.network = new Network(
            `${name}-network`,
            { prefix: this.prefix, region: settings.region, range: settings.subnetRange, wholeSubnet },
            this.child(),
        );
        const cluster = settings.compute === "cluster" ? this.cluster() : undefined;
        this.lake = pulumi.interpolate`gs://${bucket.name}/lake`;
        this.lakeGeneration = generation;
        this.warehouse = pulumi.output(`${project}.${this.datasetId}`);
        this.files = new ProjectFiles(`${name}-files`, { bucket: files.name, endpoint }, this.child());
        this.jobs = this.jobsOn(cluster);
        const workbench = this.accounts.notebook && this.workbench(this.accounts.notebook);
        this.endpoints = {
            ...(cluster && {
                jupyter: cluster.page("JupyterLab"),
                spark: cluster.page("Spark History Server"),
            }),
            ...(workbench && { workbench: workbench.address }),
            bucket: pulumi.interpolate`https://console.cloud.google.com/storage/browser/${bucket.name}`,
        };
        this.registerOutputs({ lake: this.lake, endpoints: this.endpoints });
    }

    /** Returns the address at which Google shows an object after a login. */
    addressOf(uri: string): string {
        return uri.replace("gs://", "https://storage.cloud.google.com/");
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

    /** The options of resources that need Google's services enabled. */
    private child(): pulumi.ComponentResourceOptions {
        return { parent: this, dependsOn: this.services.enabled };
    }

    private encryption(kmsKey: string): pulumi.Output<string> {
        const { settings } = this;
        const encryption = new Encryption(
            `${this.name}-encryption`,
            {
                project: settings.project,
                kmsKey,
                workbench: settings.workbenchMachineType !== "",
                repository: buildsImage(settings),
            },
            this.child(),
        );
        return encryption.kmsKey;
    }

    /** @param options what distinguishes the lake's bucket from the files' */
    private newBucket(name: string, options: Pick<BucketArgs, "bucketName" | "readers" | "protect">): Bucket {
        const { region, softDeleteDays, logDays } = this.settings;
        return new Bucket(
            `${this.name}-${name}`,
            { ...options, location: region, softDeleteDays, logDays, kmsKey: this.kmsKey },
            this.child(),
        );
    }

    /** @param rotation number of rotations of the users' passwords */
    private firestore(rotation: number): GoogleDocuments {
        const { settings, accounts, prefix } = this;
        const { jobs, notebook } = accounts;
        return new GoogleDocuments(
            `${this.name}-documents`,
            {
                project: settings.project,
                prefix,
                region: settings.region,
                protect: settings.protect,
                kmsKey: this.kmsKey,
                uri: settings.mongoUri,
                database: settings.mongoDatabase,
                rotation,
                endpoint: settings.endpoint,
                cluster: settings.compute === "cluster" ? prefix : "",
                readers: { ingest: { jobs }, analysis: notebook ? { jobs, notebook } : { jobs } },
            },
            this.child(),
        );
    }

    private cluster(): Cluster {
        const { settings, network, accounts } = this;
        return new Cluster(
            `${this.name}-cluster`,
            {
                clusterName: this.prefix,
                region: settings.region,
                zone: settings.computeZone,
                machineType: settings.machineType,
                diskGb: settings.diskGb,
                workers: settings.workers,
                maxWorkers: settings.maxWorkers,
                idleDelete: settings.idleDelete,
                components: settings.components,
                imageVersion: settings.imageVersion,
                kmsKey: this.kmsKey,
                bucket: this.bucket.bucket.name,
                network,
                account: accounts.jobs.email,
                ready: [...network.ready, ...accounts.ready],
            },
            this.child(),
        );
    }

    /** @param cluster the cluster; `undefined` for Serverless batches */
    private jobsOn(cluster: Cluster | undefined): Jobs {
        const { settings, network, accounts } = this;
        return new Jobs({
            settings,
            scripts: this.files.uploadVersion("jobs", filesUnder("jobs/pyspark", [".py"])),
            bucket: this.bucket.bucket.name,
            subnet: network.subnet,
            cluster: cluster?.cluster.name,
            image: accounts.builder ? this.image(accounts.builder) : settings.serverlessImage,
            workflow: settings.schedule ? this.prefix : "",
            account: accounts.jobs.email,
            kmsKey: this.kmsKey,
            ready: [
                ...network.ready,
                ...accounts.ready,
                ...this.documents.ready,
                ...(cluster ? [cluster.cluster] : []),
            ],
        });
    }

    /** Returns the image of Serverless batches. */
    private image(builder: gcp.serviceaccount.Account): pulumi.Output<string> {
        const { project, region, endpoint } = this.settings;
        const { image } = new ServerlessImage(
            `${this.name}-image`,
            {
                project,
                region,
                repositoryId: this.prefix,
                files: this.files.uploadVersion("image", [...IMAGE_FILES]),
                builder,
                jobs: this.accounts.jobs,
                kmsKey: this.kmsKey,
                endpoint,
            },
            { parent: this, dependsOn: [...this.services.enabled, ...this.accounts.ready] },
        );
        return image;
    }

    private workbench(account: gcp.serviceaccount.Account): Workbench {
        const { settings } = this;
        return new Workbench(
            `${this.name}-workbench`,
            {
                instanceName: this.prefix,
                zone: settings.computeZone,
                network: this.network,
                account,
                protect: settings.protect,
                kmsKey: this.kmsKey,
                machineType: settings.workbenchMachineType,
                users: settings.notebookUsers,
                idleMinutes: settings.workbenchIdleMinutes,
                files: this.files.uploadVersion("workbench", workbenchFiles()),
                environment: notebookEnvironment(this),
            },
            this.child(),
        );
    }
}
