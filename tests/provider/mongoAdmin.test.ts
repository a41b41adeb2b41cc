// The administrator of a server that plays MongoDB.
import test, { type ExecutionContext } from "ava";
import { mongoAdmin } from "../../provider/kinds/mongoAdmin.ts";
import { contextWith } from "./context.ts";
import { login, mongoServer } from "./mongoServer.ts";

const CONTEXT = contextWith();
const NEW = { user: "root", password: "new", initialPassword: "first" };

test("another password is an update, and another administrator is a replacement", async (t) => {
    const inputs = { uri: "mongodb://127.0.0.1:1/", ...NEW };
    const change = { id: "root", oldOutputs: {}, oldInputs: { ...inputs, password: "old" }, inputs };
    t.deepEqual(await mongoAdmin.diff(change, CONTEXT), { properties: ["password"] });
    const other = { ...change, oldInputs: { ...inputs, user: "admin" } };
    t.deepEqual(await mongoAdmin.diff(other, CONTEXT), { properties: ["user"], replaces: ["user"] });
});

for (const [what, present, changes] of [
    ["of its first start", "first", 1],
    ["of the state", "old", 1],
    ["that it should have", "new", 0],
] as const) {
    test(`a server with the password ${what} gets the new one with ${changes} changes`, async (t) => {
        const { uri, root, changed } = await server(t, present);
        const inputs = { uri, ...NEW };
        const change = { id: "root", oldOutputs: {}, oldInputs: { ...inputs, password: "old" }, inputs };
        await mongoAdmin.update(change, CONTEXT);
        t.is(root.root, "new");
        t.is(changed.length, changes);
        t.is(await mongoAdmin.diff({ ...change, oldInputs: inputs }, CONTEXT), undefined);
    });
}

test("a server with an unknown password differs, and the error names the docs but no password", async (t) => {
    const { uri, root } = await server(t, "by hand");
    const inputs = { uri, ...NEW };
    const same = { id: "root", oldOutputs: {}, oldInputs: inputs, inputs };
    t.like(await mongoAdmin.diff(same, CONTEXT), { properties: ["password"] });
    const error = await t.throwsAsync(mongoAdmin.create(inputs, CONTEXT), {
        message:
            /refuses every password that this stack knows of root.*"Lost passwords" in docs\/operations\.md/,
    });
    t.notRegex(error.message, /\bnew\b|\bfirst\b/);
    t.is(root.root, "by hand");
});

/** A server whose administrator has a password; the changes of it. */
async function server(t: ExecutionContext, password: string) {
    const root: Record<string, string> = { root: password };
    const changed: string[] = [];
    const authenticate = login(root);
    const address = await mongoServer(t, (command) => {
        if (command.updateUser) {
            changed.push(command.updateUser);
            root[command.updateUser] = command.pwd;
        }
        return authenticate(command) ?? { ok: 1 };
    });
    return { uri: `mongodb://${address}/?directConnection=true`, root, changed };
}
