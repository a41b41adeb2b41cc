import * as pulumi from "@pulumi/pulumi";

export interface BatchSizeArgs {
    /** Heap of the driver in JVM notation, such as `2g`. */
    driverMemory: string;
    /** Number of executors, at least 2; with `maxWorkers`, the number at the start. */
    workers: number;
    /** Maximum number of executors of a batch that grows; 0 for a fixed number. */
    maxWorkers: number;
}

/**
 * Possible numbers of cores of a driver. Source of all numbers here:
 * cloud.google.com/dataproc-serverless/docs/concepts/properties
 */
const DRIVER_CORES = [4, 8, 16];
/** Minimum and maximum memory per core of a driver, in MiB; heap and overhead together. */
const [LEAST, MOST] = [1024, 7424];
/** Memory of a PySpark driver, overhead included, as a multiple of its heap. */
const OVERHEAD = 1.4;

/**
 * Returns Spark's properties for the size of a Serverless batch. Google refuses a driver with too little or too much memory for
 * its cores. A small driver therefore gets more memory, and a large one more cores. Without a limit, Google would let a batch
 * grow to 1,000 executors.
 *
 * @throws {pulumi.RunError} if the driver is larger than Google's largest
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
