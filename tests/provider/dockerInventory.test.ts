// Against an engine that knows these parts and notes what it is asked to remove.
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { type DockerInventoryInputs, dockerInventory } from "../../provider/kinds/dockerInventory.ts";
import { folder } from "../folder.ts";
import { contextWith } from "./context.ts";
import { dockerEngine } from "./dockerEngine.ts";

const PARTS = { service: { jupyter: "j1" }, secret: { spark: "s1" }, image: { spark: "i1" } };
const CONTEXT = contextWith();

test("parts that somebody has removed are named, with the commands that help", async (t) => {
    const { inputs } = await engine(t, ["/services/j1"]);
    const change = { id: "x", oldOutputs: {}, oldInputs: inputs, inputs };
    const message =
        /has removed parts .*: secret spark, image spark\. Run `pulumi refresh --stack dev`, .* `make up STACK=dev`/;
    await t.throwsAsync(dockerInventory.diff(change, CONTEXT), { message });
    await t.throwsAsync(dockerInventory.delete("x", {}, inputs, CONTEXT), { message });
    await t.throwsAsync(dockerInventory.create(inputs, CONTEXT), { message });
});

test("parts that the program itself replaces or removes may be gone", async (t) => {
    const { inputs } = await engine(t, ["/secrets/s1", "/images/i1/json", "/services/j2"]);
    const oldInputs = inputs;
    for (const service of [{ jupyter: "j2" }, {}] as Record<string, string>[]) {
        const now = { ...inputs, parts: { ...PARTS, service } };
        t.deepEqual(
            await dockerInventory.diff({ id: "x", oldOutputs: {}, oldInputs, inputs: now }, CONTEXT),
            { properties: ["parts"] },
        );
    }
});

test("if all parts exist, nothing differs", async (t) => {
    const { inputs } = await engine(t, ["/services/j1", "/secrets/s1", "/images/i1/json"], ["s1"]);
    const change = { id: "x", oldOutputs: {}, oldInputs: inputs, inputs };
    t.is(await dockerInventory.diff(change, CONTEXT), undefined);
});

test("a secret that is in no state is removed, and not the one that Pulumi is about to remove", async (t) => {
    const there = ["/services/j1", "/secrets/s1", "/secrets/s2", "/images/i1/json"];
    const { inputs, removed } = await engine(t, there, ["s1", "s2", "lost"]);
    const same = { id: "x", oldOutputs: {}, oldInputs: inputs, inputs };
    t.regex((await dockerInventory.diff(same, CONTEXT))?.reason ?? "", /^2 secrets of a run that was killed/);
    const now = { ...inputs, parts: { ...PARTS, secret: { spark: "s2" } } };
    await dockerInventory.update({ ...same, inputs: now }, CONTEXT);
    t.deepEqual(removed, ["/secrets/lost"]);
});

test("an engine that does not answer causes no message", async (t) => {
    const inputs = { host: `unix://${join(folder(t), "nothing")}`, stack: "dev", label: "l", parts: PARTS };
    t.is(
        await dockerInventory.diff({ id: "x", oldOutputs: {}, oldInputs: inputs, inputs }, CONTEXT),
        undefined,
    );
    await t.notThrowsAsync(dockerInventory.delete("x", {}, inputs, CONTEXT));
});

/** @param paths what it has, without the version in front; @param secrets ids of those with the stack's label */
async function engine(t: ExecutionContext, paths: string[], secrets: string[] = []) {
    const removed: string[] = [];
    const host = await dockerEngine(t, (call) => {
        const [method, path = ""] = call.split(" ");
        if (method === "DELETE") {
            removed.push(path);
            return {};
        }
        if (path.startsWith("/secrets?")) {
            t.true(path.includes("com.docker.stack.namespace=london-power-dev"));
            return secrets.map((ID) => ({ ID }));
        }
        return paths.includes(path) ? {} : undefined;
    });
    const inputs: DockerInventoryInputs = { host, stack: "dev", label: "london-power-dev", parts: PARTS };
    return { inputs, removed };
}
