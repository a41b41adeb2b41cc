import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { record, resolved, settled } from "../recorder.ts";

const recorded = record(({ type }) => (type.endsWith("RemoteImage") ? { imageId: "i" } : {}));
const { SwarmImages } = await import("../../../components/swarm/images.ts");

const OFFICIAL = {
    baseImage: "debian:bookworm-slim",
    mongoImage: "mongo:8.0.14",
    mongoExpressImage: "mongo-express:1.0.2",
    registry: "",
};

test.beforeEach(async () => {
    await settled();
    recorded.length = 0;
});

test.serial("a named image is used unchanged, and our images are built on the base image", async (t) => {
    const { spark, mongo, mongoExpress } = new SwarmImages("a", OFFICIAL);
    t.is(await resolved(mongo), "mongo:8.0.14");
    t.is(await resolved(mongoExpress), "mongo-express:1.0.2");
    t.regex(await resolved(spark), /^london-power-spark:[0-9a-f]{16}$/);
    await settled();
    t.deepEqual(
        builds().map(({ dockerfile, buildArgs }) => [dockerfile, buildArgs.BASE]),
        [
            ["images/spark/Dockerfile", "debian:bookworm-slim"],
            ["images/gateway/Dockerfile", "debian:bookworm-slim"],
        ],
    );
});

test.serial("a folder is built by its Dockerfile, on the Dockerfile's own base", async (t) => {
    const { mongo } = new SwarmImages("a", { ...OFFICIAL, mongoImage: "./images/mongo-stand-in" });
    t.regex(await resolved(mongo), /^london-power-mongo-stand-in:[0-9a-f]{16}$/);
    await settled();
    const [build] = builds().filter(({ dockerfile }) => dockerfile === "images/mongo-stand-in/Dockerfile");
    t.false("BASE" in build.buildArgs);
});

test.serial("a folder without a Dockerfile is refused with the key that names it", (t) => {
    t.throws(() => new SwarmImages("a", { ...OFFICIAL, mongoExpressImage: "./images/none" }), {
        instanceOf: pulumi.RunError,
        message: /mongoExpressImage is \.\/images\/none, but images\/none\/Dockerfile does not exist/,
    });
});

test.serial(
    "a proxy's password is a secret, so that the state does not contain it in plain text",
    async (t) => {
        const proxy = "http://user:hunter2@proxy.example:3128";
        process.env.HTTPS_PROXY = proxy;
        t.teardown(() => delete process.env.HTTPS_PROXY);
        new SwarmImages("a", OFFICIAL);
        await settled();
        const { build } = recorded.find(({ type }) => type.endsWith("RemoteImage"))?.inputs ?? {};
        t.is(build.value?.buildArgs?.HTTPS_PROXY ?? build.buildArgs.HTTPS_PROXY.value, proxy);
        t.true(JSON.stringify(build).includes(pulumi.runtime.specialSecretSig));
        t.not(build.buildArgs?.HTTPS_PROXY, proxy, "it is not there in plain");
    },
);

function builds() {
    return recorded.filter(({ type }) => type.endsWith("RemoteImage")).map(({ inputs }) => inputs.build);
}
