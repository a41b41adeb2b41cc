// Parts of the swarm by themselves: what they decide from their arguments.
import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { record, settled } from "../recorder.ts";

const recorded = record(({ type, name, inputs }) => ({
    ...(type.endsWith("Volume") && { name: inputs.name ?? `volume ${name}` }),
    ...(type.endsWith("RandomPassword") && { result: `${name}:${inputs.keepers?.rotation ?? "for good"}` }),
}));
const { swarmService } = await import("../../../components/swarm/service.ts");
const { SparkCluster } = await import("../../../components/swarm/spark.ts");
const { SwarmSecret } = await import("../../../components/swarm/secret.ts");
const { SwarmUsers } = await import("../../../components/swarm/users.ts");
const { Placement } = await import("../../../components/swarm/placement.ts");

const MIB = 1024 * 1024;
const SERVICE = { name: "part", image: "i", network: "n", uid: 10001, health: ["check"], memory: 100 };

test.beforeEach(() => {
    recorded.length = 0;
});

test.serial("one container has its service's name as host name; several cannot share it", async (t) => {
    swarmService("one", SERVICE, {});
    swarmService("three", { ...SERVICE, name: "parts", replicas: 3 }, {});
    await settled();
    const [one, three] = [inputsOf("one"), inputsOf("three")];
    t.is(one.name, "london-power-test-part");
    t.is(one.taskSpec.containerSpec.hostname, "part");
    t.deepEqual(one.mode, { replicated: { replicas: 1 } });
    t.is(three.taskSpec.containerSpec.hostname, undefined);
    t.deepEqual(three.mode, { replicated: { replicas: 3 } });
});

test.serial("a service is limited to its memory and reserves a quarter of it", async (t) => {
    swarmService("part", { ...SERVICE, memory: 770 }, {});
    await settled();
    const { limits, reservation } = inputsOf("part").taskSpec.resources;
    t.is(limits.memoryBytes, 770 * MIB);
    t.is(reservation.memoryBytes, 193 * MIB, "whole MiB");
});

test.serial(
    "a service has no rights, no second container and no placement that it does not ask for",
    async (t) => {
        swarmService("usual", SERVICE, {});
        const wishes = {
            capabilities: ["CAP_CHOWN"],
            constraints: ["node.hostname==one"],
            startFirst: true,
            stopGracePeriod: "2m",
        };
        swarmService("special", { ...SERVICE, ...wishes }, {});
        await settled();
        const found = (name: string) => {
            const { taskSpec, updateConfig, rollbackConfig } = inputsOf(name);
            const { capAdds, capDrops, readOnly, stopGracePeriod } = taskSpec.containerSpec;
            return [
                readOnly,
                capDrops,
                capAdds,
                taskSpec.placement,
                updateConfig.order,
                rollbackConfig.order,
                stopGracePeriod,
            ];
        };
        t.deepEqual(found("usual"), [true, ["ALL"], undefined, undefined, "stop-first", "stop-first", "20s"]);
        const placement = { constraints: ["node.hostname==one"] };
        t.deepEqual(found("special"), [
            true,
            ["ALL"],
            ["CAP_CHOWN"],
            placement,
            "start-first",
            "start-first",
            "2m",
        ]);
    },
);

test.serial("only the user of a service can read the files of its secrets", async (t) => {
    const secret = new SwarmSecret("a", { content: "hush" });
    swarmService("part", { ...SERVICE, uid: 999, secrets: [secret.as("login")] }, {});
    await settled();
    const [file] = inputsOf("part").taskSpec.containerSpec.secrets;
    t.like(file, {
        secretId: "a-secret-id",
        fileName: "login",
        fileUid: "999",
        fileGid: "999",
        fileMode: 0o400,
    });
});

for (const [what, nodes, volumes] of [
    ["on one node see the project's files", ["one"], ["/london-power", "/tmp", "/var/spark"]],
    ["on several nodes see none of the project's files", ["one", "two"], ["/tmp", "/var/spark"]],
] as [string, string[], string[]][]) {
    test.serial(`Spark's workers ${what}, and have memory beside the heap`, async (t) => {
        new SparkCluster("a", {
            image: "i",
            network: "n",
            secret: new SwarmSecret("a", { content: "hush" }),
            rotation: 4,
            projectVolume: "project",
            placement: new Placement(nodes),
            size: { workers: 3, cores: 2, memory: 1024 },
        });
        await settled();
        const workers = inputsOf("a-workers");
        const mounts: { type: string; target: string; readOnly: boolean }[] =
            workers.taskSpec.containerSpec.mounts;
        t.deepEqual(
            mounts
                .filter(({ type }) => type === "volume")
                .map(({ target }) => target)
                .sort(),
            volumes,
        );
        t.true(mounts.every(({ target, readOnly }) => target !== "/london-power" || readOnly));
        t.is(workers.mode.replicated.replicas, 3);
        t.is(workers.taskSpec.resources.limits.memoryBytes, 2048 * MIB);
        t.deepEqual(workers.taskSpec.containerSpec.args, ["worker", "2", "1024m"]);
        t.deepEqual(inputsOf("a-master").taskSpec.containerSpec.args, ["master", "4"]);
    });
}

for (const [rotation, used, idle] of [
    [2, "a", "b"],
    [3, "b", "a"],
] as const) {
    test.serial(
        `after ${rotation} rotations users ${used} have their rights, and users ${idle} none`,
        async (t) => {
            const args = { database: "power", address: "127.0.0.1:1", rotation };
            const users = new SwarmUsers("u", args);
            users.make([]).retireOthers([]);
            const login = users.login("ingest", (name, password) => `${name} ${password}`);
            t.true(await pulumi.isSecret(login));
            await settled();
            const roles = Object.fromEntries(
                recorded
                    .filter(({ type }) => type.endsWith("MongoUser"))
                    .map(({ inputs }) => [inputs.user, inputs.roles]),
            );
            const may = (role: string) => [{ role, db: "power" }];
            t.deepEqual(roles, {
                [`ingest-${used}`]: may("readWrite"),
                [`analysis-${used}`]: may("readWrite"),
                [`mongo-express-${used}`]: may("read"),
                [`ingest-${idle}`]: [],
                [`analysis-${idle}`]: [],
                [`mongo-express-${idle}`]: [],
            });
            const [root] = recorded.filter(({ type }) => type.endsWith("MongoAdmin"));
            t.is(root?.inputs.uri, "mongodb://127.0.0.1:1/?authSource=admin&directConnection=true");
            t.is(plain(root?.inputs.initialPassword), "u-initial-password:for good");
            t.is(plain(root?.inputs.password), `u-root-password:${rotation}`);
        },
    );
}

// biome-ignore lint/suspicious/noExplicitAny: the inputs are what the tests look into.
function inputsOf(name: string): any {
    return recorded.find((resource) => resource.name === name)?.inputs;
}

/** Returns the value of a secret input. */
function plain(input: { value?: string } | string): string {
    return typeof input === "string" ? input : (input.value ?? "");
}
