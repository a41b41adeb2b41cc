import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { record, settled } from "../recorder.ts";

const recorded = record(() => ({ imageId: "i" }));
const { SwarmImages } = await import("../../../components/swarm/images.ts");

test("a proxy's password is a secret to the engine, so that the state does not tell it", async (t) => {
    const proxy = "http://user:hunter2@proxy.example:3128";
    process.env.HTTPS_PROXY = proxy;
    t.teardown(() => delete process.env.HTTPS_PROXY);
    new SwarmImages("a", {
        baseImage: "debian:bookworm-slim",
        mongoImage: "mongo:8.0.15",
        mongoExpressImage: "mongo-express:1.0.2",
        registry: "",
    });
    await settled();
    const { build } = recorded.find(({ type }) => type.endsWith("RemoteImage"))?.inputs ?? {};
    t.is(build.value?.buildArgs?.HTTPS_PROXY ?? build.buildArgs.HTTPS_PROXY.value, proxy);
    t.true(JSON.stringify(build).includes(pulumi.runtime.specialSecretSig));
    t.not(build.buildArgs?.HTTPS_PROXY, proxy, "it is not there in plain");
});
