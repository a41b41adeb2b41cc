import * as pulumi from "@pulumi/pulumi";
import test from "ava";

const machine = { cores: 4, memory: 8192 };
const asked: unknown[] = [];
let answer: object = {};
pulumi.runtime.setMocks({
    newResource: () => ({ id: "", state: {} }),
    call: ({ token, inputs }) => {
        asked.push([token, inputs.host]);
        return { ...inputs, ...answer };
    },
});
const { findEngine } = await import("../../../components/swarm/engine.ts");

test.serial("the machine's size comes from the engine that the docker provider uses", async (t) => {
    pulumi.runtime.setAllConfig({ "docker:host": "ssh://me@far" });
    answer = { machine, nodes: [] };
    t.like(await findEngine(), { host: "ssh://me@far", machine });
    t.deepEqual(asked, [["london-power:docker:engineFacts", "ssh://me@far"]]);
});

test.serial("an engine that does not answer is named, with the commands that help", async (t) => {
    answer = { problem: "connect ENOENT", nodes: [] };
    await t.throwsAsync(findEngine(), {
        instanceOf: pulumi.RunError,
        message:
            /engine at ssh:\/\/me@far does not answer: connect ENOENT\. See what is missing: make doctor STACK=/,
    });
});
