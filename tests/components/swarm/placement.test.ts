import test from "ava";
import { jobWith } from "../job.ts";
import { record, settled } from "../recorder.ts";
import { engineWith } from "./engines.ts";
import { SETTINGS } from "./settings.ts";

const recorded = record(({ type, inputs }) => ({
    ...(type.endsWith("RegistryImage") && { sha256Digest: "sha256:d" }),
    ...(type.endsWith("RemoteImage") && { imageId: "i" }),
    ...(type.endsWith("Volume") && { name: inputs.name ?? "made" }),
    ...(type.endsWith("RandomPassword") && { result: "pw" }),
}));
const { SwarmPlatform } = await import("../../../components/swarm/index.ts");

test.beforeEach(() => {
    recorded.length = 0;
});

test.serial(
    "on several nodes, services with a volume stay on the first, and datanodes are distributed",
    async (t) => {
        const job = await platformOn(["one", "two"], "registry:5000/power");
        t.deepEqual(placements(), {
            namenode: "one",
            mongo: "one",
            "spark-master": "one",
            jupyter: "one",
            "datanode-0": "one",
            "datanode-1": "two",
            "datanode-2": "one",
            "spark-worker": "any",
            "mongo-express": "any",
            pages: "any",
        });
        t.deepEqual(job.launcher.constraints, ["node.hostname==one"]);
        t.is(job.conf["spark.londonPower.staging"], "hdfs://namenode:9000/lake/_staging");
    },
);

test.serial("each node's engine creates its own volumes, and workers on other nodes have none", async (t) => {
    await platformOn(["one", "two"], "registry:5000/power");
    const blocks = recorded.filter(({ name }) => /-blocks-\d$/.test(name)).map(({ name }) => name);
    t.deepEqual(blocks, ["a-hdfs-blocks-0", "a-hdfs-blocks-2"]);
    t.is(mountsOf("datanode-1")["/var/hdfs"], "made-blocks-1");
    t.deepEqual(Object.keys(mountsOf("spark-worker")).sort(), ["/run/london-power", "/tmp", "/var/spark"]);
    t.is(mountsOf("jupyter")["/london-power"], "london-power-test");
});

test.serial("on several nodes, each of our images comes from the registry, by its digest", async (t) => {
    await platformOn(["one", "two"], "registry:5000/power");
    for (const { name, inputs } of services()) {
        t.regex(
            inputs.taskSpec.containerSpec.image,
            /^registry:5000\/power\/london-power-.*@sha256:d$/,
            name,
        );
    }
});

test.serial("a single named node gets everything, even if the swarm has more nodes", async (t) => {
    const job = await platformOn(["one"]);
    t.deepEqual([...new Set(Object.values(placements()))], ["one"]);
    t.is(mountsOf("spark-worker")["/london-power"], "london-power-test");
    t.false("spark.londonPower.staging" in job.conf);
});

test.serial("without named nodes, no service is constrained", async (t) => {
    const job = await platformOn([], "", []);
    t.deepEqual([...new Set(Object.values(placements()))], ["any"]);
    t.deepEqual(job.launcher.constraints, []);
});

/** Makes a platform and a job on it; the inputs of the job. */
// biome-ignore lint/suspicious/noExplicitAny: the inputs are what the tests look into.
async function platformOn(nodes: string[], registry = "", others = ["two"]): Promise<any> {
    const platform = new SwarmPlatform("a", { ...SETTINGS, nodes, registry }, engineWith(...others));
    platform.run("pipeline", [jobWith("ingest")]);
    await settled();
    return recorded.find(({ type }) => type === "london-power:spark:SparkRun")?.inputs;
}

function services() {
    return recorded.filter(({ type }) => type === "docker:index/service:Service");
}

/** Returns for each service the name of its node, or "any". */
function placements(): Record<string, string> {
    return Object.fromEntries(
        services().map(({ inputs }) => [
            inputs.name.replace("london-power-test-", ""),
            (inputs.taskSpec.placement?.constraints ?? ["node.hostname==any"])
                .join()
                .replace("node.hostname==", ""),
        ]),
    );
}

/** Returns the folders of a service's mounts, with the volume of each. */
function mountsOf(part: string): Record<string, string | undefined> {
    const service = services().find(({ inputs }) => inputs.name === `london-power-test-${part}`);
    return Object.fromEntries(
        service?.inputs.taskSpec.containerSpec.mounts.map(
            ({ target, source }: { target: string; source?: string }) => [target, source],
        ),
    );
}
