import * as pulumi from "@pulumi/pulumi";
import type { SwarmSettings } from "../../config/settings.ts";
import { filesUnder } from "../common/digest.ts";
import type { Job } from "../common/job.ts";
import { notebookEnvironment } from "../common/notebook.ts";
import type { Credential, DataPlatform } from "../common/platform.ts";
import { credentialsOf } from "../common/rotation.ts";
import { Runs } from "../common/runs.ts";
import { SwarmDocuments } from "./documents.ts";
import { type Drivers, launcherOf, sparkConf } from "./drivers.ts";
import type { Engine } from "./engine.ts";
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
import { type Rotations, rotationsOf } from "./rotations.ts";
import { addressOf, endpointsOf, portsOf } from "./routes.ts";
import { Scheduler } from "./scheduler.ts";
import { generatedPassword, SwarmSecret } from "./secret.ts";
import { type Sizes, sizesOf } from "./sizing.ts";
import { SparkCluster } from "./spark.ts";
import type { UsersInUse } from "./users.ts";

/** The Docker Swarm target: Spark, HDFS, MongoDB, mongo-express and Jupyter as services, reached through one gateway. */
export class SwarmPlatform extends pulumi.ComponentResource implements DataPlatform {
    readonly lake: pulumi.Output<string>;
    readonly lakeGeneration: pulumi.Output<string>;
    readonly documents: SwarmDocuments;
    readonly endpoints: Record<string, pulumi.Output<string>>;
    readonly logins: Record<string, pulumi.Output<string>>;
    readonly credentials: Record<string, pulumi.Output<Credential>>;
    private readonly name: string;
    private readonly settings: SwarmSettings;
    private readonly engine: Engine;
    private readonly sizes: Sizes;
    private readonly rotations: Rotations;
    private readonly placement: Placement;
    private readonly images: SwarmImages;
    /** Id of the network. */
    private readonly network: pulumi.Output<string>;
    private readonly files: ProjectFiles;
    private readonly drivers: Drivers;
    private readonly users: UsersInUse;
    /** Resources that have to exist before a job can run. */
    private readonly ready: pulumi.Resource[];
    /** Services that log in to MongoDB and switch to the new users in a rotation. */
    private readonly consumers: pulumi.Resource[];

    /**
     * @param engine the Docker engine on which the platform is created
     * @throws {pulumi.RunError} if the settings name nodes that the engine's swarm does not have
     */
    constructor(
        name: string,
        settings: SwarmSettings,
        engine: Engine,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        const inventory = new Inventory();
        super("london-power:swarm:Platform", name, {}, { ...opts, transformations: [inventory.note] });
        checkNodes(settings.nodes, engine);
        this.name = name;
        this.settings = settings;
        this.engine = engine;
        this.sizes = sizesOf(settings, engine.machine, this);
        this.rotations = rotationsOf(settings);
        this.credentials = credentialsOf(`${name}-credentials`, this.rotations, this);
        this.placement = new Placement(settings.nodes);

        const child = { parent: this };
        this.images = new SwarmImages(`${name}-images`, settings, child);
        const encrypted = settings.encryptNetwork;
        this.network = new SwarmNetwork(`${name}-network`, { encrypted }, child).id;
        this.files = new ProjectFiles(
            `${name}-files`,
            { host: engine.host, image: this.images.spark },
            child,
        );
        const sparkSecret = new SwarmSecret(
            `${name}-spark`,
            { content: generatedPassword(`${name}-spark`, this.rotations.spark, this) },
            child,
        );

        const ports = portsOf(settings);
        const hdfs = this.hdfs();
        const spark = this.spark(sparkSecret);
        this.lake = hdfs.lake;
        this.lakeGeneration = hdfs.generation;
        this.documents = this.mongo(ports.mongo);
        const gateway = this.gateway(ports);
        this.users = this.documents.users.make([this.documents.service, gateway.container]);
        this.ready = [...hdfs.services, spark.master, spark.workers, ...this.users.made];

        const mongoExpress = this.mongoExpress();
        const jupyter = this.jupyter(sparkSecret);
        this.consumers = [mongoExpress.service, jupyter.service];
        this.drivers = this.driversWith(sparkSecret);
        this.endpoints = endpointsOf(settings);
        this.logins = {
            gatewayPassword: gateway.password,
            jupyterToken: jupyter.token,
            mongoExpressPassword: mongoExpress.password,
            mongoRootPassword: this.documents.users.rootPassword,
        };
        inventory.keep(`${name}-inventory`, engine.host, this);
        this.registerOutputs({ lake: this.lake, endpoints: this.endpoints });
    }

    /** Returns the gateway's address of a file in the lake; the gateway shows the lake next to HDFS's own pages. */
    addressOf(uri: string): string {
        return uri.replace("hdfs://namenode:9000/", addressOf("hdfs", this.settings));
    }

    input(name: string, paths: string[]): pulumi.Input<string>[] {
        const { folder, names } = this.files.copy(name, paths);
        return names.map((file) => pulumi.interpolate`file://${folder}/${file}`);
    }

    run(name: string, jobs: Job[]): Runs {
        const { drivers, ready, settings } = this;
        const conf = sparkConf(this.sizes);
        if (this.placement.several) {
            conf["spark.londonPower.staging"] = STAGING;
        }
        const launcher = launcherOf(drivers, this.engine.host);
        const runs = new Runs(name, { jobs, launcher, conf, ready });
        const consumers = [...this.consumers];
        if (settings.schedule !== "") {
            const { service } = new Scheduler(
                `${this.name}-scheduler`,
                {
                    cron: settings.schedule,
                    timeZone: settings.timeZone,
                    jobs: runs.scheduled,
                    since: runs.all.map(({ startedAt }) => startedAt),
                    drivers,
                },
                { parent: this, dependsOn: runs.all },
            );
            consumers.push(service);
        }
        this.users.retireOthers(consumers);
        return runs;
    }

    private hdfs(): Hdfs {
        return new Hdfs(
            `${this.name}-hdfs`,
            {
                image: this.images.spark,
                network: this.network,
                datanodes: this.sizes.datanodes,
                placement: this.placement,
            },
            { parent: this },
        );
    }

    private spark(secret: SwarmSecret): SparkCluster {
        return new SparkCluster(
            `${this.name}-spark`,
            {
                image: this.images.spark,
                network: this.network,
                secret,
                rotation: this.rotations.spark,
                projectVolume: this.files.volume.name,
                placement: this.placement,
                size: this.sizes.workers,
            },
            { parent: this },
        );
    }

    /** @param port port of this machine through which Pulumi reaches the server */
    private mongo(port: number): SwarmDocuments {
        return new SwarmDocuments(
            `${this.name}-documents`,
            {
                image: this.images.mongo,
                network: this.network,
                database: this.settings.mongoDatabase,
                address: `127.0.0.1:${port}`,
                constraints: this.placement.home,
                rotation: this.rotations.mongo,
            },
            { parent: this },
        );
    }

    private gateway(ports: Ports): Gateway {
        return new Gateway(
            `${this.name}-gateway`,
            {
                image: this.images.gateway,
                network: this.network,
                ports,
                hostName: this.settings.gatewayName,
                certificate: this.settings.gatewayCertificate,
                rotation: this.rotations.gateway,
                constraints: this.placement.anywhere,
            },
            { parent: this },
        );
    }

    private mongoExpress(): MongoExpress {
        return new MongoExpress(
            `${this.name}-mongo-express`,
            {
                image: this.images.mongoExpress,
                network: this.network,
                database: this.settings.mongoDatabase,
                mongo: this.documents.browsing,
                constraints: this.placement.anywhere,
                rotation: this.rotations.express,
            },
            { parent: this, dependsOn: this.users.made },
        );
    }

    private jupyter(sparkSecret: SwarmSecret): Jupyter {
        const notebooks = this.files.copy("notebooks", filesUnder("notebooks", [".ipynb", "deliver.py"]));
        return new Jupyter(
            `${this.name}-jupyter`,
            {
                image: this.images.spark,
                network: this.network,
                sparkSecret,
                mongo: this.documents.logins.analysis,
                projectVolume: this.files.volume.name,
                notebooks: notebooks.folder,
                environment: notebookEnvironment(this),
                size: this.sizes.workers,
                driverMemory: this.sizes.driverMemory,
                conf: sparkConf(this.sizes),
                constraints: this.placement.home,
                rotation: this.rotations.jupyter,
            },
            { parent: this, dependsOn: this.users.made },
        );
    }

    private driversWith(sparkSecret: SwarmSecret): Drivers {
        return {
            image: this.images.spark,
            network: this.network,
            projectVolume: this.files.volume.name,
            scripts: this.files.copy("jobs", filesUnder("jobs/pyspark", [".py"])).folder,
            sparkSecret: sparkSecret.as("spark"),
            logins: this.documents.logins,
            constraints: this.placement.home,
            memory: this.sizes.driverMemory,
        };
    }
}

/** Folder to which jobs copy files of the project's volume, so that executors on other nodes can read them. */
const STAGING = "hdfs://namenode:9000/lake/_staging";
