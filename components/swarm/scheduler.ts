import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { driverCommand } from "../../provider/sdk/swarmDriver.ts";
import type { ScheduledWork } from "../../provider/sdk/work.ts";
import type { Constraints } from "./placement.ts";
import { type SecretFileRef, swarmService } from "./service.ts";
import { mebibytes, OVERHEAD } from "./sizing.ts";
import { SPARK_SCRATCH, SPARK_UID } from "./spark.ts";

/** Where its plan is in the container. */
const PLAN = "/opt/london-power/plan.json";

/** What it takes itself beside a driver, in MiB. */
const OWN_MEMORY = 128;

export interface SchedulerArgs {
    image: pulumi.Input<string>;
    /** Id of the network. */
    network: pulumi.Input<string>;
    /** When, in cron's five fields. */
    cron: string;
    timeZone: string;
    /** What runs, in this order. */
    jobs: pulumi.Input<ScheduledWork>[];
    /** When their last runs began. A launcher has ended the scheduler then: with other times it is started again. */
    since: pulumi.Input<pulumi.Input<string>[]>;
    /** Name of the volume with the project's files. */
    projectVolume: pulumi.Input<string>;
    /** Folder in that volume with the scripts, as the containers see it. */
    scripts: pulumi.Input<string>;
    /** Heap of a driver in JVM notation. */
    driverMemory: string;
    /** All that drivers need. */
    secrets: SecretFileRef[];
    constraints: Constraints;
}

/** Runs the pipeline again by the clock, on what was last deployed: its drivers run in its container, one at a time. */
export class Scheduler extends pulumi.ComponentResource {
    readonly service: docker.Service;

    constructor(name: string, args: SchedulerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Scheduler", name, {}, opts);
        const child = { parent: this, dependsOn: opts?.dependsOn };
        const plan = new docker.ServiceConfig(
            `${name}-plan`,
            { data: planOf(args).apply((text) => Buffer.from(text).toString("base64")) },
            child,
        );
        this.service = swarmService(
            `${name}-scheduler`,
            {
                ...{ name: "scheduler", image: args.image, network: args.network, uid: SPARK_UID },
                command: ["scheduler", PLAN],
                ...SPARK_SCRATCH,
                volumes: { ...SPARK_SCRATCH.volumes, "/london-power": args.projectVolume },
                readOnlyVolumes: ["/london-power"],
                secrets: args.secrets,
                configs: [{ configId: plan.id, configName: plan.name, fileName: PLAN, fileMode: 0o444 }],
                health: ["health", "scheduler"],
                memory: mebibytes(args.driverMemory) + OVERHEAD + OWN_MEMORY,
                constraints: args.constraints,
                stopGracePeriod: "30s",
            },
            child,
        );
        this.registerOutputs({});
    }
}

/** The plan as jobs/schedule.py reads it. */
function planOf({ cron, timeZone, jobs, since, scripts, driverMemory }: SchedulerArgs) {
    return pulumi.all([jobs, since, scripts]).apply(([all, runs, folder]) => {
        const where = { scripts: folder, memory: driverMemory };
        const steps = all.map((work) => ({
            name: work.job,
            command: ["role", ...driverCommand(work, `${work.job}-scheduled`, where)],
            after: work.after,
        }));
        return JSON.stringify({ cron, timeZone, since: runs, steps }, null, 2);
    });
}
