import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { jobWith } from "../job.ts";
import { record, settled } from "../recorder.ts";
import { engineWith } from "./engines.ts";
import { SETTINGS } from "./settings.ts";

const recorded = record(({ type, name, inputs }) => ({
    ...(type.endsWith("RemoteImage") && { imageId: "i" }),
    ...(type.endsWith("Volume") && { name: inputs.name ?? "made" }),
    ...(type.endsWith("RandomPassword") && { result: `password of ${name}` }),
    ...(type.endsWith("Timestamp") && { at: "now" }),
}));
const { SwarmPlatform } = await import("../../../components/swarm/index.ts");

test("each container gets the secrets that it has a use for, in files for its user alone, and nothing else", async (t) => {
    const settings = {
        ...SETTINGS,
        schedule: "0 3 * * *",
        gatewayName: "power.example.com",
        gatewayCertificate: pulumi.secret("password of the pages' key"),
    };
    const platform = new SwarmPlatform("a", settings, engineWith());
    platform.run("pipeline", [jobWith("ingest")]);
    await settled();
    const services = recorded.filter(({ type }) => type === "docker:index/service:Service");
    const given = Object.fromEntries(
        services.map(({ inputs }) => [
            inputs.name.replace("london-power-test-", ""),
            (inputs.taskSpec.containerSpec.secrets ?? []).map(
                ({ fileName, fileUid, fileMode }: Record<string, unknown>) =>
                    `${fileName} ${fileUid} ${(fileMode as number).toString(8)}`,
            ),
        ]),
    );
    t.deepEqual(given, {
        namenode: [],
        "datanode-0": [],
        "datanode-1": [],
        "datanode-2": [],
        "spark-master": ["spark 10001 400"],
        "spark-worker": ["spark 10001 400"],
        mongo: ["mongo-root 999 400"],
        pages: ["gateway-login 10005 400", "gateway-certificate 10005 400"],
        "mongo-express": ["login 10004 400", "mongo 10004 400"],
        scheduler: ["spark 10001 400", "mongo-ingest 10001 400", "mongo-analysis 10001 400"],
        jupyter: ["spark 10001 400", "jupyter-token 10001 400", "mongo-analysis 10001 400"],
    });
    const open = recorded.filter(({ type }) => !/Secret$|RandomPassword|MongoUser|MongoAdmin/.test(type));
    t.deepEqual(
        open.filter(({ inputs }) => JSON.stringify(inputs).includes("password of")).map(({ name }) => name),
        [],
    );
});
