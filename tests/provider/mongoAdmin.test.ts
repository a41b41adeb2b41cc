// What can be told without a server that knows passwords; the rest is in the Swarm's story.
import test from "ava";
import { mongoAdmin } from "../../provider/kinds/mongoAdmin.ts";
import { contextWith } from "./context.ts";

const CONTEXT = contextWith();
const NEW = { user: "root", password: "new", initialPassword: "first" };

test("another password is a change, another administrator is another resource", async (t) => {
    const inputs = { uri: "mongodb://127.0.0.1:1/", ...NEW };
    const change = { id: "root", oldOutputs: {}, oldInputs: { ...inputs, password: "old" }, inputs };
    t.deepEqual(await mongoAdmin.diff(change, CONTEXT), { properties: ["password"] });
    const other = { ...change, oldInputs: { ...inputs, user: "admin" } };
    t.deepEqual(await mongoAdmin.diff(other, CONTEXT), { properties: ["user"], replaces: ["user"] });
});
