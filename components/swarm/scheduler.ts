import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { PROJECT_FOLDER, SPARK_SCRATCH, SPARK_UID } from "../../provider/sdk/swarmContainer.ts";
import { driverCommand } from "../../provider/sdk/swarmDriver.ts";
import type { ScheduledWork } from "../../provider/sdk/work.ts";
import type { Drivers } from "./drivers.ts";
import { swarmService } from "./service.ts";
import { OVERHEAD } from "./sizing.ts";

/** Where its plan is in the container. */
const PLAN = "/opt/london-power/plan.json";

/** What it takes itself beside a driver, in MiB. */
const OWN_MEMORY = 128;

export interface SchedulerArgs {
    /** When, in cron's five fields. */
    cron: string;
    timeZone: string;
    /** What runs, in this order. */
    jobs: pulumi.Input<ScheduledWork>[];
    /** When their last runs began. A launcher has ended the scheduler then: with other times it is started again. */
    since: pulumi.Input<pulumi.Input<string>[]>;
    /** What its drivers are made of. It has the logins of all jobs. */
    drivers: Drivers;
}

/** Runs the pipeline again by the clock, on what was last deployed: its drivers run in its container, one at a time. */
export class Scheduler extends pulumi.ComponentResource {
    readonly service: docker.Service;

    constructor(name: string, args: SchedulerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Scheduler", name, {}, opts);
        const child = { parent: this, dependsOn: opts?.dependsOn };
        const { image, network, projectVolume, sparkSecret, logins, memory, constraints } = args.drivers;
        const plan = new docker.ServiceConfig(
            `${name}-plan`,
            { data: planOf(args).apply((text) => Buffer.from(text).toString("base64")) },
            child,
        );
        this.service = swarmService(
            `${name}-scheduler`,
            {
                name: "scheduler",
                image,
                network,
                uid: SPARK_UID,
                command: ["scheduler", PLAN],
                memoryFolders: SPARK_SCRATCH.memoryFolders,
                volumes: { ...SPARK_SCRATCH.volumes, [PROJECT_FOLDER]: projectVolume },
                readOnlyVolumes: [PROJECT_FOLDER],
                secrets: [sparkSecret, ...Object.values(logins)],
                configs: [{ configId: plan.id, configName: plan.name, fileName: PLAN, fileMode: 0o444 }],
                health: ["health", "scheduler"],
                memory: memory + OVERHEAD + OWN_MEMORY,
                constraints,
                stopGracePeriod: "30s",
            },
            child,
        );
        this.registerOutputs({});
    }
}

/** The plan as jobs/schedule.py reads it. */
function planOf({ cron, timeZone, jobs, since, drivers }: SchedulerArgs) {
    return pulumi.all([jobs, since, drivers.scripts]).apply(([all, runs, scripts]) => {
        const steps = all.map((work) => ({
            name: work.job,
            command: [
                "role",
                ...driverCommand(work, `${work.job}-scheduled`, { scripts, memory: `${drivers.memory}m` }),
            ],
            after: work.after,
        }));
        return JSON.stringify({ cron, timeZone, since: runs, steps }, null, 2);
    });
}
