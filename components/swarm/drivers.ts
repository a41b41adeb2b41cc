import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { SparkRunArgs } from "../../provider/sdk/sparkRun.ts";
import type { Consumer } from "../common/documents.ts";
import type { Constraints } from "./placement.ts";
import type { SecretFileRef } from "./service.ts";
import { OVERHEAD, type Sizes } from "./sizing.ts";

/** What the driver of a job needs, whether a deployment or the scheduler starts it. */
export interface Drivers {
    image: pulumi.Input<string>;
    /** Id of the network. */
    network: pulumi.Input<string>;
    /** Name of the volume with the project's files. */
    projectVolume: pulumi.Input<string>;
    /** Path of the folder with the scripts in a container; it is in that volume. */
    scripts: pulumi.Input<string>;
    /** Spark's shared secret, which every driver may read. */
    sparkSecret: SecretFileRef;
    /** The logins to MongoDB; a driver may read one only if its job uses it. */
    logins: Record<Consumer, SecretFileRef>;
    constraints: Constraints;
    /** Heap of a driver, in MiB. */
    memory: number;
}

/**
 * Returns the configuration of the launcher that starts the drivers of a deployment.
 *
 * @param host the Docker engine, as in DOCKER_HOST
 */
export function launcherOf(drivers: Drivers, host: string): SparkRunArgs["launcher"] {
    return pulumi.output({
        kind: "swarm" as const,
        host,
        image: drivers.image,
        network: drivers.network,
        volume: drivers.projectVolume,
        scripts: drivers.scripts,
        stack: `london-power-${pulumi.getStack()}`,
        runsDir: resolve(".london-power", pulumi.getStack(), "runs"),
        secrets: [drivers.sparkSecret],
        logins: drivers.logins,
        constraints: drivers.constraints ?? [],
        memory: `${drivers.memory}m`,
        memoryLimit: (drivers.memory + OVERHEAD) * 1024 * 1024,
    });
}

/** Returns the Spark settings of every driver, notebooks included. */
export function sparkConf({ workers, replication }: Sizes): Record<string, string> {
    return {
        "spark.sql.shuffle.partitions": "8",
        "spark.executor.memory": `${workers.memory}m`,
        "spark.hadoop.dfs.replication": `${replication}`,
    };
}
