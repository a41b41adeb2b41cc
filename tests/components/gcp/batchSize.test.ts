import test from "ava";
import { batchSize } from "../../../components/gcp/batchSize.ts";
import { deploy, inputsOf } from "./platform.ts";

for (const [driverMemory, cores, memory] of [
    ["2g", "4", "2926m"],
    ["1536m", "4", "2926m"],
    ["4g", "4", "4096m"],
    ["20g", "4", "20480m"],
    ["21g", "8", "21504m"],
    ["64g", "16", "65536m"],
] as const) {
    test(`a driver of ${driverMemory} gets ${cores} cores and a heap of ${memory}, which Google takes`, (t) => {
        const size = batchSize({ driverMemory, workers: 2, maxWorkers: 0 });
        t.is(size["spark.driver.cores"], cores);
        t.is(size["spark.driver.memory"], memory);
        const total = Number.parseInt(memory, 10) * 1.4;
        t.true(total >= Number(cores) * 1024 && total <= Number(cores) * 7424, `${total}`);
    });
}

test("a driver larger than Google's largest is refused, with the command that corrects it", (t) => {
    t.throws(() => batchSize({ driverMemory: "83g", workers: 2, maxWorkers: 0 }), {
        message: /driverMemory is 83g; .*84845m at most.*pulumi config set london-power:driverMemory/s,
    });
});

const SERVERLESS = { compute: "serverless", serverlessImage: "europe-west2-docker.pkg.dev/p/r/spark:1" };

test.serial(
    "a batch has as many executors as the stack has workers, and grows as far as it may",
    async (t) => {
        await deploy({ ...SERVERLESS, workers: "3" });
        t.like(inputsOf("london-power:spark:SparkRun").train.conf, {
            "spark.driver.memory": "2926m",
            "spark.executor.instances": "3",
            "spark.dynamicAllocation.enabled": "false",
            "spark.sql.shuffle.partitions": "12",
        });
        await deploy({ ...SERVERLESS, maxWorkers: "5" });
        t.like(inputsOf("london-power:spark:SparkRun").train.conf, {
            "spark.executor.instances": "2",
            "spark.dynamicAllocation.enabled": "true",
            "spark.dynamicAllocation.maxExecutors": "5",
        });
        await deploy({});
        const { conf } = inputsOf("london-power:spark:SparkRun").train;
        t.like(conf, { "spark.driver.memory": "2g", "spark.sql.shuffle.partitions": "8" });
        t.false("spark.executor.instances" in conf, "a cluster's size is its own");
    },
);
