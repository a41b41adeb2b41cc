import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../../config.ts";
import type { SparkRunArgs } from "../../provider/sdk/sparkRun.ts";
import { filesUnder } from "../digest.ts";
import type { Job } from "../job.ts";
import { notebookEnvironment } from "../notebook.ts";
import type { Credential, DataPlatform } from "../platform.ts";
import { credentialsOf, rotationsOf } from "../rotation.ts";
import { Runs } from "../runs.ts";
import { SwarmDocuments } from "./documents.ts";
import { Gateway, type Ports } from "./gateway.ts";
import { Hdfs } from "./hdfs.ts";
import { SwarmImages } from "./images.ts";
import { Inventory } from "./inventory.ts";
import { Jupyter } from "./jupyter.ts";
import { MongoExpress } from "./mongoExpress.ts";
import { SwarmNetwork } from "./network.ts";
import { checkNodes } from "./nodes.ts";
import { Placement } from "./placement.ts";
import { ProjectFiles } from "./projectFiles.ts";
import { Scheduler, type SchedulerArgs } from "./scheduler.ts";
import { generatedPassword, SwarmSecret } from "./secret.ts";
import { mebibytes, OVERHEAD, workerSize } from "./sizing.ts";
import { SparkCluster } from "./spark.ts";

/** The Docker Swarm target: Spark, HDFS, MongoDB, mongo-express and Jupyter as services, reached through one gateway. */
export class SwarmPlatform extends pulumi.ComponentResource implements DataPlatform {
    readonly lake: pulumi.Output<string>;
    readonly lakeGeneration: pulumi.Output<string>;
    readonly documents: SwarmDocuments;
    readonly endpoints: Record<string, pulumi.Output<string>>;
    readonly logins: Record<string, pulumi.Output<string>>;
    readonly credentials: Record<string, pulumi.Output<Credential>>;
    private readonly name: string;
    private readonly settings: Settings;
    private readonly placement: Placement;
    private readonly files: ProjectFiles;
    private readonly launcher: SparkRunArgs["launcher"];
    /** What has to be there before a job can run. */
    private readonly ready: pulumi.Resource[];
    /** Those who have MongoDB's users, and change over when these are rotated. */
    private readonly consumers: pulumi.Resource[];
    private readonly scheduler: Omit<SchedulerArgs, "jobs" | "since">;

    constructor(name: string, settings: Settings, opts?: pulumi.ComponentResourceOptions) {
        const inventory = new Inventory();
        super("london-power:swarm:Platform", name, {}, { ...opts, transformations: [inventory.note] });
        this.name = name;
        this.settings = settings;
        if (settings.mongoUri) {
            throw new pulumi.RunError(
                "london-power:mongoUri is for the local target; this one runs a MongoDB of its own. " +
                    "Take it out: pulumi config rm london-power:mongoUri",
            );
        }
        const child = { parent: this };
        const host = new pulumi.Config("docker").get("host") ?? process.env.DOCKER_HOST ?? DEFAULT_HOST;
        checkNodes(settings.nodes, host);
        this.placement = new Placement(settings.nodes);
        const { home, anywhere } = this.placement;
        const images = new SwarmImages(`${name}-images`, settings, child);
        const image = images.spark;
        const encrypted = settings.encryptNetwork;
        const network = new SwarmNetwork(`${name}-network`, { encrypted }, child).id;
        const rotations = rotationsOf(settings);
        this.credentials = credentialsOf(`${name}-credentials`, rotations, this);
        const sparkSecret = new SwarmSecret(
            `${name}-spark`,
            { content: generatedPassword(`${name}-spark`, rotations.spark, this) },
            child,
        );
        this.files = new ProjectFiles(`${name}-files`, { host, image }, child);
        const projectVolume = this.files.volume.name;
        const driverMemory = mebibytes(settings.driverMemory);

        const hdfs = new Hdfs(
            `${name}-hdfs`,
            { image, network, datanodes: replicas(settings, this).datanodes, placement: this.placement },
            child,
        );
        const spark = new SparkCluster(
            `${name}-spark`,
            {
                ...{ image, network, secret: sparkSecret, projectVolume, size: size(settings, this) },
                ...{ rotation: rotations.spark, placement: this.placement },
            },
            child,
        );
        const ports = portsOf(settings);
        this.documents = new SwarmDocuments(
            `${name}-documents`,
            {
                ...{ image: images.mongo, network },
                ...{ database: settings.mongoDatabase, address: `127.0.0.1:${ports.mongo}` },
                ...{ constraints: home, rotation: rotations.mongo },
            },
            child,
        );
        const gateway = new Gateway(
            `${name}-gateway`,
            {
                image: images.gateway,
                network,
                ports,
                rotation: rotations.gateway,
                constraints: anywhere,
            },
            child,
        );
        const users = this.documents.users.make([this.documents.service, gateway.container]);
        const { ingest, analysis, "mongo-express": browsing } = this.documents.credentialFiles;
        const mongoExpress = new MongoExpress(
            `${name}-mongo-express`,
            {
                ...{ image: images.mongoExpress, network },
                database: settings.mongoDatabase,
                mongo: browsing.as("mongo"),
                ...{ constraints: anywhere, rotation: rotations.express },
            },
            { ...child, dependsOn: users },
        );
        this.lake = hdfs.lake;
        this.lakeGeneration = hdfs.generation;
        const jupyter = new Jupyter(
            `${name}-jupyter`,
            {
                ...{ image, network, sparkSecret, projectVolume, driverMemory },
                mongo: analysis.as("mongo-analysis"),
                notebooks: this.files.copy("notebooks", filesUnder("notebooks", [".ipynb", "deliver.py"]))
                    .folder,
                environment: notebookEnvironment(this),
                ...{ size: size(settings), conf: driverConf(settings) },
                ...{ constraints: home, rotation: rotations.jupyter },
            },
            { ...child, dependsOn: users },
        );
        this.consumers = [mongoExpress.service, jupyter.service];

        this.endpoints = Object.fromEntries(
            Object.entries(ports).map(([part, port]) => [part, pulumi.output(addressOf(part, port))]),
        );
        this.logins = {
            gatewayPassword: gateway.password,
            jupyterToken: jupyter.token,
            mongoExpressPassword: mongoExpress.password,
            mongoRootPassword: this.documents.users.rootPassword,
        };
        this.ready = [...hdfs.services, spark.master, spark.workers, ...users];
        const scripts = this.files.copy("jobs", filesUnder("jobs/pyspark", [".py"]));
        const secrets = [sparkSecret.as("spark"), ingest.as("mongo-ingest"), analysis.as("mongo-analysis")];
        this.scheduler = {
            ...{ image, network, projectVolume, scripts: scripts.folder, secrets, constraints: home },
            ...{ cron: settings.schedule, timeZone: settings.timeZone, driverMemory: settings.driverMemory },
        };
        this.launcher = pulumi.output({
            ...{ kind: "swarm" as const, host, image, network, volume: projectVolume },
            scripts: scripts.folder,
            stack: `london-power-${pulumi.getStack()}`,
            runsDir: resolve(".london-power", pulumi.getStack(), "runs"),
            secrets: [
                sparkSecret.as("spark"),
                { ...ingest.as("mongo-ingest"), login: "ingest" },
                { ...analysis.as("mongo-analysis"), login: "analysis" },
            ],
            constraints: home ?? [],
            memory: settings.driverMemory,
            memoryLimit: (driverMemory + OVERHEAD) * 1024 * 1024,
        });
        inventory.keep(`${name}-inventory`, host, this);
        this.registerOutputs({ lake: this.lake, endpoints: this.endpoints });
    }

    /** The gateway shows the lake beside HDFS's own pages. */
    addressOf(uri: string): string {
        return uri.replace("hdfs://namenode:9000/", addressOf("hdfs", this.settings.hdfsPort));
    }

    input(name: string, paths: string[]): pulumi.Input<string>[] {
        const { folder, names } = this.files.copy(name, paths);
        return names.map((file) => pulumi.interpolate`file://${folder}/${file}`);
    }

    run(name: string, jobs: Job[]): Runs {
        const { settings, launcher, ready } = this;
        const conf = driverConf(settings);
        if (this.placement.several) {
            conf["spark.londonPower.staging"] = STAGING;
        }
        const runs = new Runs(name, { jobs, launcher, conf, ready });
        const consumers = [...this.consumers];
        if (settings.schedule !== "") {
            const since = runs.all.map(({ startedAt }) => startedAt);
            const { service } = new Scheduler(
                `${this.name}-scheduler`,
                { ...this.scheduler, jobs: runs.scheduled, since },
                { parent: this, dependsOn: runs.all },
            );
            consumers.push(service);
        }
        this.documents.users.retire(consumers);
        return runs;
    }
}

/** Where jobs put files of the project's volume that executors on other nodes have to read. */
const STAGING = "hdfs://namenode:9000/lake/_staging";

const DEFAULT_HOST = "unix:///var/run/docker.sock";

function portsOf(settings: Settings): Ports {
    const { jupyterPort, mongoExpressPort, sparkPort, hdfsPort, mongoPort } = settings;
    return {
        jupyter: jupyterPort,
        mongoExpress: mongoExpressPort,
        spark: sparkPort,
        hdfs: hdfsPort,
        mongo: mongoPort || 27017,
    };
}

/** Jupyter has a name of its own, since its cookie goes to every port of the name that it is opened under. */
function addressOf(part: string, port: number): string {
    const name = part === "jupyter" ? "jupyter.localhost" : "127.0.0.1";
    return `${part === "mongo" ? "mongodb" : "http"}://${name}:${port}/`;
}

/** Spark settings of every driver. */
function driverConf(settings: Settings): Record<string, string> {
    return {
        "spark.sql.shuffle.partitions": "8",
        "spark.executor.memory": `${size(settings).memory}m`,
        "spark.hadoop.dfs.replication": `${replicas(settings).replication}`,
    };
}

/** How many workers, and how large; said where it is fewer than usual. */
function size(settings: Settings, resource?: pulumi.Resource) {
    const found = workerSize(settings);
    if (resource && settings.workers === 0 && found.workers < 3) {
        void pulumi.log.warn(
            `this machine has memory for ${found.workers} of the usual 3 workers; ` +
                "ask for more: pulumi config set london-power:workers 3",
            resource,
        );
    }
    return found;
}

/** More copies than datanodes there cannot be. */
function replicas({ datanodes, replication }: Settings, resource?: pulumi.Resource) {
    if (resource && replication > datanodes) {
        void pulumi.log.warn(
            `london-power:replication is ${replication}, with ${datanodes} datanodes`,
            resource,
        );
    }
    return { datanodes, replication: Math.min(replication, datanodes) };
}
