// The engine's calls for a resource, with a kind that notes what it is given.
import providerProto from "@pulumi/pulumi/proto/provider_pb.js";
import test from "ava";
import type { Engine } from "../../provider/rpc/engine.ts";
import type { AnyKind } from "../../provider/rpc/kind.ts";
import type { Lifetime } from "../../provider/rpc/lifetime.ts";
import { resourceMethods } from "../../provider/rpc/resources.ts";
import { decode, encode, UNKNOWN } from "../../provider/rpc/values.ts";

const URN = "urn:pulumi:test::london-power::london-power:test:Thing::thing";
// The real one would keep signals from ending this process.
const LIFETIME = {
    signal: new AbortController().signal,
    during: (work: () => unknown) => work(),
} as unknown as Lifetime;

test("what a preview cannot know is unknown, and secrets stay secret", async (t) => {
    const { call } = thing({ outputs: ["size", "made"], planned: async () => ({ size: 3 }) });
    const request = new providerProto.CreateRequest();
    request.setUrn(URN);
    request.setPreview(true);
    request.setProperties(encode({ name: "a", password: "hush" }, new Set(["password"])));
    const { values, secrets } = decode((await call("create", request)).getProperties());
    t.deepEqual(values, { name: "a", password: "hush", size: 3, made: UNKNOWN });
    t.deepEqual([...secrets], ["password"]);
});

test("a preview neither creates nor updates", async (t) => {
    const never = () => Promise.reject(new Error("in a preview"));
    const { call } = thing({ outputs: ["made"], create: never, update: never });
    const [create, update] = [new providerProto.CreateRequest(), new providerProto.UpdateRequest()];
    for (const request of [create, update]) {
        request.setUrn(URN);
        request.setPreview(true);
    }
    await t.notThrowsAsync(call("create", create));
    t.deepEqual(decode((await call("update", update)).getProperties()).values, { made: UNKNOWN });
});

test("a resource has its inputs and its outputs, and a kind gets only its outputs as such", async (t) => {
    const { call, given } = thing({
        outputs: ["made"],
        create: async () => ({ id: "one", outputs: { made: "of wood" } }),
    });
    const create = new providerProto.CreateRequest();
    create.setUrn(URN);
    create.setProperties(encode({ name: "a" }, new Set()));
    const created = await call("create", create);
    t.is(created.getId(), "one");
    t.deepEqual(decode(created.getProperties()).values, { name: "a", made: "of wood" });

    const update = new providerProto.UpdateRequest();
    update.setUrn(URN);
    update.setId("one");
    update.setOlds(created.getProperties());
    update.setOldInputs(encode({ name: "a" }, new Set()));
    update.setNews(encode({ name: "b" }, new Set()));
    await call("update", update);
    t.deepEqual(given.at(-1), {
        id: "one",
        oldInputs: { name: "a" },
        oldOutputs: { made: "of wood" },
        inputs: { name: "b" },
    });
});

test("a difference has its properties, and its reason is shown; the old resource goes first", async (t) => {
    const difference = { properties: ["name"], replaces: ["name"], reason: "it has another name" };
    const { call, said } = thing({ diff: async () => difference });
    const response = await call("diff", requestFor(new providerProto.DiffRequest()));
    t.is(response.getChanges(), providerProto.DiffResponse.DiffChanges.DIFF_SOME);
    t.deepEqual([response.getDiffsList(), response.getReplacesList()], [["name"], ["name"]]);
    t.true(response.getDeletebeforereplace());
    t.deepEqual(said, [`info ${URN} it has another name`]);
    const same = await thing({}).call("diff", requestFor(new providerProto.DiffRequest()));
    t.is(same.getChanges(), providerProto.DiffResponse.DiffChanges.DIFF_NONE);
});

test("a resource that is gone is read as an empty answer, one that is there with its present outputs", async (t) => {
    const request = requestFor(new providerProto.ReadRequest());
    request.setId("one");
    request.setProperties(encode({ name: "a", made: "of wood" }, new Set()));
    t.is((await thing({ read: async () => undefined }).call("read", request)).getId(), "");
    const there = await thing({ outputs: ["made"], read: async () => ({ made: "of stone" }) }).call(
        "read",
        request,
    );
    t.is(there.getId(), "one");
    t.deepEqual(decode(there.getProperties()).values, { name: "a", made: "of stone" });
});

test("wrong inputs are answered with their property and reason, and an error with its message", async (t) => {
    const failure = { property: "name", reason: "it is too long" };
    const { call } = thing({
        check: () => [failure],
        delete: () => Promise.reject(new Error("it is in use")),
    });
    const [found] = (await call("check", requestFor(new providerProto.CheckRequest()))).getFailuresList();
    t.deepEqual({ property: found.getProperty(), reason: found.getReason() }, failure);
    await t.throwsAsync(call("delete", requestFor(new providerProto.DeleteRequest())), {
        message: "it is in use",
    });
});

test("the resource's own time-out ends its operation", async (t) => {
    const { call } = thing({
        create: (_inputs, { signal }) =>
            new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    });
    const request = requestFor(new providerProto.CreateRequest());
    request.setTimeout(0.05);
    // The timer of a time-out does not keep a process alive.
    const alive = setTimeout(() => {}, 5000);
    t.teardown(() => clearTimeout(alive));
    await t.throwsAsync(call("create", request), { message: /timeout/ });
});

function requestFor<R extends { setUrn(urn: string): void }>(request: R): R {
    request.setUrn(URN);
    return request;
}

/** A kind with some operations of its own: the calls for it, what `update` was given, and what was said. */
function thing(own: Partial<AnyKind>) {
    const given: object[] = [];
    const said: string[] = [];
    const kind: AnyKind = {
        outputs: [],
        check: () => [],
        diff: async () => undefined,
        planned: async () => ({}),
        create: async () => ({ id: "one", outputs: {} }),
        read: async (_id, outputs) => outputs,
        update: async (change) => {
            given.push(change);
            return change.oldOutputs;
        },
        delete: async () => {},
        ...own,
    };
    const note = (level: string) => (urn: string, message: string) => said.push(`${level} ${urn} ${message}`);
    const engine = {
        progress: note("progress"),
        info: note("info"),
        warn: note("warn"),
    } as unknown as Engine;
    const methods = resourceMethods(() => kind, engine, LIFETIME);
    // biome-ignore lint/suspicious/noExplicitAny: each method has its own messages.
    const call = (method: string, request: object): Promise<any> =>
        new Promise((resolve, reject) => {
            // biome-ignore lint/suspicious/noExplicitAny: as above.
            (methods[method] as any)({ request }, (error: { details: string } | null, response: unknown) =>
                error ? reject(new Error(error.details)) : resolve(response),
            );
        });
    return { call, given, said };
}
