import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { PROJECT_FOLDER, SPARK_SCRATCH, SPARK_UID } from "../../provider/sdk/swarmContainer.ts";
import { driverCommand } from "../../provider/sdk/swarmDriver.ts";
import type { ScheduledWork } from "../../provider/sdk/work.ts";
import type { Drivers } from "./drivers.ts";
import { swarmService } from "./service.ts";
import { OVERHEAD } from "./sizing.ts";

/** Path of the plan in the container. */
const PLAN = "/opt/london-power/plan.json";

/** Memory of the scheduler itself, in addition to a driver's, in MiB. */
const OWN_MEMORY = 128;

export interface SchedulerArgs {
    /** Schedule, in cron's five fields. */
    cron: string;
    timeZone: string;
    /** The jobs, in the order in which they run. */
    jobs: pulumi.Input<ScheduledWork>[];
    /** Start times of the jobs' latest runs. The launcher ended the scheduler before such a run; a new time starts it again. */
    since: pulumi.Input<pulumi.Input<string>[]>;
    /** What its drivers need. The scheduler has the logins of all jobs. */
    drivers: Drivers;
}

/** Runs the pipeline on a schedule, in the version of the last deployment. The drivers run in its container, one at a time. */
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

/** Returns the plan in the format that jobs/schedule.py reads. */
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
