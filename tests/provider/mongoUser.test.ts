// Users of a server that plays MongoDB. Real rights on the real stand-in are in the Swarm's story.
import test, { type ExecutionContext } from "ava";
import type { Document } from "mongodb";
import { type MongoUserInputs, mongoUser } from "../../provider/kinds/mongoUser.ts";
import { UNKNOWN } from "../../provider/rpc/values.ts";
import { contextWith } from "./context.ts";
import { login, mongoServer, REFUSED } from "./mongoServer.ts";

const CONTEXT = contextWith();
const READ = { role: "read", db: "power" };
const WRITE = { role: "readWrite", db: "power" };
const INPUTS: MongoUserInputs = { adminUri: "", user: "ingest-a", password: "p", roles: [READ, WRITE] };

test("a user is created with its password and roles, and an existing user gets both", async (t) => {
    const { adminUri, users, asked } = await server(t, {});
    const inputs = { ...INPUTS, adminUri };
    t.deepEqual(await mongoUser.create(inputs, CONTEXT), {
        id: "ingest-a",
        outputs: { rolesEnforced: true },
    });
    t.deepEqual(asked, [{ createUser: "ingest-a", pwd: "p", roles: [READ, WRITE] }]);
    t.true("ingest-a" in users);
    await mongoUser.update(changeTo({ ...inputs, password: "q", roles: [] }), CONTEXT);
    t.deepEqual(asked[1], { updateUser: "ingest-a", pwd: "q", roles: [] });
});

test("on a server without roles, only the password is changed, and an output says so", async (t) => {
    const { adminUri, asked } = await server(
        t,
        { "ingest-a": { password: "p", roles: [] } },
        { ferretdb: {} },
    );
    const inputs = { ...INPUTS, adminUri };
    t.deepEqual(await mongoUser.update(changeTo(inputs), CONTEXT), { rolesEnforced: false });
    t.deepEqual(asked, [{ updateUser: "ingest-a", pwd: "p" }]);
    t.is(await mongoUser.diff(changeTo(inputs), CONTEXT), undefined, "it has no roles that could differ");
});

test("a correct user does not differ, whatever the order of its roles", async (t) => {
    const { adminUri } = await server(t, { "ingest-a": { password: "p", roles: [WRITE, READ] } });
    const inputs = { ...INPUTS, adminUri };
    t.is(await mongoUser.diff(changeTo(inputs), CONTEXT), undefined);
    t.deepEqual(await mongoUser.read("ingest-a", { rolesEnforced: true }, inputs), { rolesEnforced: true });
});

for (const [what, users, difference] of [
    ["that is gone", {}, { properties: ["user"], reason: /the user is gone/ }],
    [
        "with other roles",
        { "ingest-a": { password: "p", roles: [READ] } },
        { properties: ["roles"], reason: /its roles were changed/ },
    ],
    [
        "with another password",
        { "ingest-a": { password: "other", roles: [READ, WRITE] } },
        { properties: ["password"], reason: /its password was changed/ },
    ],
] as [string, Users, { properties: string[]; reason: RegExp }][]) {
    test(`a user ${what} differs, with the reason`, async (t) => {
        const { adminUri } = await server(t, users);
        const found = await mongoUser.diff(changeTo({ ...INPUTS, adminUri }), CONTEXT);
        t.deepEqual(found?.properties, difference.properties);
        t.regex(found?.reason ?? "", difference.reason);
    });
}

test("a changed name replaces the user, and changed or unknown inputs need no request to the server", async (t) => {
    const { adminUri, commands } = await server(t, {});
    const inputs = { ...INPUTS, adminUri };
    const to = (changes: Partial<MongoUserInputs>) =>
        mongoUser.diff({ ...changeTo(inputs), inputs: { ...inputs, ...changes } }, CONTEXT);
    t.deepEqual(await to({ user: "ingest-b" }), { properties: ["user"], replaces: ["user"] });
    t.deepEqual(await to({ password: "q", roles: [] }), { properties: ["password", "roles"] });
    t.is(await to({ adminUri: UNKNOWN }), undefined);
    t.deepEqual(commands, []);
});

test("a user counts as unchanged if the server refuses its administrator", async (t) => {
    const { adminUri } = await server(t, {});
    const inputs = { ...INPUTS, adminUri: withLogin(adminUri, "wrong") };
    t.is(await mongoUser.diff(changeTo(inputs), CONTEXT), undefined);
    t.deepEqual(await mongoUser.read("ingest-a", { rolesEnforced: true }, inputs), { rolesEnforced: true });
});

test("other errors are not mistaken for a server that does not answer", async (t) => {
    const inputs = { ...INPUTS, adminUri: "mongodb://root@" };
    await t.throwsAsync(mongoUser.diff(changeTo(inputs), CONTEXT), { name: "MongoParseError" });
    await t.throwsAsync(mongoUser.read("ingest-a", { rolesEnforced: true }, inputs), {
        name: "MongoParseError",
    });
    const address = await mongoServer(t, () => ({ ok: 0, code: 13, errmsg: "not authorized" }));
    const refused = changeTo({ ...INPUTS, adminUri: uriOf(address) });
    await t.throwsAsync(mongoUser.diff(refused, CONTEXT), { message: "not authorized" });
});

test("a request is repeated if the server closes the connection", async (t) => {
    let asked = 0;
    const address = await mongoServer(t, () =>
        ++asked === 1 ? undefined : { ok: 0, code: 13, errmsg: "the second time" },
    );
    await t.throwsAsync(mongoUser.create({ ...INPUTS, adminUri: uriOf(address) }, CONTEXT), {
        message: "the second time",
    });
    t.is(asked, 2);
});

test("an existing user is deleted, and a server's error is a warning without the connection string", async (t) => {
    const { adminUri, users, asked } = await server(t, { "ingest-a": { password: "p", roles: [] } });
    const inputs = { ...INPUTS, adminUri };
    await mongoUser.delete("ingest-a", { rolesEnforced: true }, inputs, CONTEXT);
    await mongoUser.delete("ingest-a", { rolesEnforced: true }, inputs, CONTEXT);
    t.deepEqual(asked, [{ dropUser: "ingest-a" }]);
    t.deepEqual(users, {});

    const warnings: string[] = [];
    const refusing = { ...inputs, adminUri: withLogin(adminUri, "hush") };
    const context = contextWith({ warn: (message) => warnings.push(message) });
    await mongoUser.delete("ingest-a", { rolesEnforced: true }, refusing, context);
    t.deepEqual(warnings, [`user ingest-a was not removed: ${REFUSED.errmsg}`]);
});

test("a name that no server or file could have is refused", (t) => {
    const check = (user: string) =>
        mongoUser.check({ ...INPUTS, user }, new Set()).map(({ property }) => property);
    t.deepEqual(check("mongo-express-b"), []);
    t.deepEqual(check(UNKNOWN), []);
    for (const user of ["", "a b", "a/b", "a".repeat(61)]) {
        t.deepEqual(check(user), ["user"], user);
    }
});

type Users = Record<string, { password: string; roles: Document[] }>;

/** A server with users: what it knows, all the commands about users, and those among them that change something. */
async function server(t: ExecutionContext, users: Users, build: Document = {}) {
    const commands: Document[] = [];
    const asked: Document[] = [];
    const passwords: Record<string, string> = {};
    for (const [user, { password }] of Object.entries(users)) {
        passwords[user] = password;
    }
    const authenticate = login(passwords);
    const address = await mongoServer(t, (command) => {
        const { lsid, $db, $clusterTime, ...own } = command;
        const [name = ""] = Object.keys(own);
        if ("buildInfo" in own) {
            return { ok: 1, version: "8.0.0", ...build };
        }
        if ("usersInfo" in own) {
            commands.push(own);
            const found = users[own.usersInfo.user];
            return { ok: 1, users: found ? [{ roles: found.roles }] : [] };
        }
        if (/^(create|update|drop)User$/.test(name)) {
            commands.push(own);
            asked.push(own);
            if (name === "dropUser") {
                delete users[own.dropUser];
            } else {
                users[own[name]] = { password: own.pwd, roles: own.roles ?? [] };
            }
        }
        return authenticate(own) ?? { ok: 1 };
    });
    return { adminUri: uriOf(address), users, commands, asked };
}

function uriOf(address: string): string {
    return `mongodb://${address}/?directConnection=true`;
}

/** The connection string with a login of root's. */
function withLogin(uri: string, password: string): string {
    return uri.replace("mongodb://", `mongodb://root:${password}@`);
}

function changeTo(inputs: MongoUserInputs) {
    return { id: "ingest-a", oldInputs: inputs, oldOutputs: { rolesEnforced: true }, inputs };
}
