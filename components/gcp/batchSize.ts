import * as pulumi from "@pulumi/pulumi";

export interface BatchSizeArgs {
    /** Heap of the driver in JVM notation, e.g. `2g`. */
    driverMemory: string;
    /** Executors; with `maxWorkers` those that a batch begins with. 2 at least. */
    workers: number;
    /** Most executors of a batch that grows; 0 for one that does not. */
    maxWorkers: number;
}

/** Cores that a driver can have. This and all below: cloud.google.com/dataproc-serverless/docs/concepts/properties */
const DRIVER_CORES = [4, 8, 16];
/** Memory for each core of a driver, in MiB, heap and overhead together. */
const [LEAST, MOST] = [1024, 7424];
/** What the overhead of a PySpark driver adds to its heap. */
const OVERHEAD = 1.4;

/**
 * Spark's properties for the size of a Serverless batch. Google refuses a driver with too little memory for its cores, or too
 * much: a small one is given more, a large one more cores. Without a limit Google would let a batch grow to 1,000 executors.
 *
 * @throws {pulumi.RunError} for a driver that is larger than Google's largest
 */
export function batchSize({ driverMemory, workers, maxWorkers }: BatchSizeArgs): Record<string, string> {
    const asked = Number.parseInt(driverMemory, 10) * (driverMemory.endsWith("g") ? 1024 : 1);
    const cores = DRIVER_CORES.find((each) => asked * OVERHEAD <= each * MOST);
    if (cores === undefined) {
        const most = Math.floor((Math.max(...DRIVER_CORES) * MOST) / OVERHEAD);
        throw new pulumi.RunError(
            `london-power:driverMemory is ${driverMemory}; allowed with london-power:compute serverless: ${most}m at most. ` +
                `Set it: pulumi config set london-power:driverMemory 8g --stack ${pulumi.getStack()}`,
        );
    }
    const memory = Math.max(asked, Math.ceil((cores * LEAST) / OVERHEAD));
    return {
        "spark.driver.cores": `${cores}`,
        "spark.driver.memory": `${memory}m`,
        "spark.executor.cores": "4",
        "spark.executor.instances": `${workers}`,
        "spark.dynamicAllocation.enabled": `${maxWorkers > 0}`,
        ...(maxWorkers > 0 && { "spark.dynamicAllocation.maxExecutors": `${maxWorkers}` }),
    };
}
