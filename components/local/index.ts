import { join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { LocalSettings } from "../../config/settings.ts";
import { Directory } from "../../provider/sdk/directory.ts";
import { Scheduler } from "../../provider/sdk/scheduler.ts";
import { digestOf, filesUnder } from "../common/digest.ts";
import type { Job } from "../common/job.ts";
import { notebookEnvironment } from "../common/notebook.ts";
import type { DataPlatform } from "../common/platform.ts";
import { Runs } from "../common/runs.ts";
import { LocalDocuments } from "./documents.ts";

/** Number of shuffle partitions. Spark's default of 200 suits clusters; one machine would mostly start empty tasks. */
const PARTITIONS = "8";

/**
 * The embedded target: the whole platform as files and processes of this machine, without Docker, cloud or root. It keeps
 * everything in one folder, the workspace, which is deleted with the stack.
 */
export class LocalPlatform extends pulumi.ComponentResource implements DataPlatform {
    readonly lake: pulumi.Output<string>;
    readonly lakeGeneration: pulumi.Output<string>;
    readonly documents: LocalDocuments;
    readonly endpoints: Record<string, pulumi.Output<string>>;
    readonly notebook: Record<string, pulumi.Output<string>>;
    private readonly name: string;
    private readonly settings: LocalSettings;
    private readonly workspace: Directory;

    constructor(name: string, settings: LocalSettings, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:local:Platform", name, {}, opts);
        this.name = name;
        this.settings = settings;
        this.workspace = new Directory(
            `${name}-workspace`,
            { path: settings.workspace || resolve(".london-power", pulumi.getStack()) },
            { parent: this },
        );
        this.lake = pulumi.interpolate`${this.workspace.uri}/lake`;
        this.lakeGeneration = this.workspace.generation;
        this.documents = new LocalDocuments(
            `${name}-documents`,
            {
                workspace: this.workspace.path,
                port: settings.mongoPort,
                uri: settings.mongoUri,
                database: settings.mongoDatabase,
            },
            { parent: this },
        );
        this.endpoints = this.documents.endpoints;
        this.notebook = {
            ...notebookEnvironment(this),
            SPARK_LOCAL_DIRS: this.workspace.path.apply((workspace) => join(workspace, "scratch")),
            PYSPARK_SUBMIT_ARGS: pulumi.output(
                `--master local[${settings.cores || "*"}] --driver-memory ${settings.driverMemory} ` +
                    `--conf spark.sql.shuffle.partitions=${PARTITIONS} --conf spark.authenticate=true --conf spark.ui.killEnabled=false pyspark-shell`,
            ),
        };
        this.registerOutputs({ lake: this.lake, endpoints: this.endpoints });
    }

    addressOf(uri: string): string {
        return uri;
    }

    input(_name: string, paths: string[]): pulumi.Input<string>[] {
        return paths.map((path) => `file://${resolve(path)}`);
    }

    run(name: string, jobs: Job[]): Runs {
        const { schedule: cron, timeZone } = this.settings;
        const launcher = this.launcher();
        const runs = new Runs(name, { jobs, launcher, conf: { "spark.sql.shuffle.partitions": PARTITIONS } });
        if (cron !== "") {
            const code = digestOf(["jobs/schedule.py", ...filesUnder("jobs/pyspark", [".py"])]);
            new Scheduler(
                `${this.name}-scheduler`,
                { cron, timeZone, launcher, jobs: runs.scheduled, code },
                { parent: this, dependsOn: runs.all },
            );
        }
        return runs;
    }

    private launcher() {
        const { cores, driverMemory } = this.settings;
        return this.workspace.path.apply((workspace) => ({
            kind: "local" as const,
            runsDir: join(workspace, "runs"),
            scratchDir: join(workspace, "scratch"),
            scheduleDir: join(workspace, "schedule"),
            cores,
            memory: driverMemory,
        }));
    }
}
