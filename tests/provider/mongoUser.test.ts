// What can be told without a server that knows passwords; the rest is in the Swarm's story.
import test from "ava";
import { mongoUser } from "../../provider/kinds/mongoUser.ts";
import { contextWith } from "./context.ts";

const inputs = { adminUri: "mongodb://root@", user: "ingest-a", password: "p", roles: [] };

test("an error that does not come from a server that is away is not taken for one", async (t) => {
    const change = { id: "ingest-a", oldInputs: inputs, oldOutputs: { rolesEnforced: true }, inputs };
    await t.throwsAsync(mongoUser.diff(change, contextWith()), { name: "MongoParseError" });
    await t.throwsAsync(mongoUser.read("ingest-a", { rolesEnforced: true }, inputs), {
        name: "MongoParseError",
    });
});
