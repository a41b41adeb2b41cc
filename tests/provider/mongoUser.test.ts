// What can be told without a server that knows passwords; the rest is in the Swarm's story.
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import test from "ava";
import { BSON, type Document } from "mongodb";
import { mongoUser } from "../../provider/kinds/mongoUser.ts";
import { contextWith } from "./context.ts";

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const inputs = { adminUri: "mongodb://root@", user: "ingest-a", password: "p", roles: [] };

test("an error that does not come from a server that is away is not taken for one", async (t) => {
    const change = { id: "ingest-a", oldInputs: inputs, oldOutputs: { rolesEnforced: true }, inputs };
    await t.throwsAsync(mongoUser.diff(change, contextWith()), { name: "MongoParseError" });
    await t.throwsAsync(mongoUser.read("ingest-a", { rolesEnforced: true }, inputs), {
        name: "MongoParseError",
    });
});

test("a server that closes a connection in the midst is asked again", async (t) => {
    let asked = 0;
    const server = createServer((socket) => {
        socket.on("error", () => undefined);
        socket.on("data", (request) => {
            const isHandshake = request.readInt32LE(12) === OP_QUERY || request.includes("hello");
            if (isHandshake) {
                socket.write(
                    reply(request, { ok: 1, isWritablePrimary: true, minWireVersion: 0, maxWireVersion: 25 }),
                );
            } else if (++asked === 1) {
                socket.destroy();
            } else {
                socket.write(reply(request, { ok: 0, code: 13, errmsg: "the second time" }));
            }
        });
    }).listen(0, "127.0.0.1");
    t.teardown(() => server.close());
    await once(server, "listening");

    const { port } = server.address() as AddressInfo;
    const adminUri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
    await t.throwsAsync(mongoUser.create({ ...inputs, adminUri }, contextWith()), {
        message: "the second time",
    });
    t.is(asked, 2);
});

/** What a MongoDB server answers, in the form of the question (https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/). */
function reply(request: Buffer, document: Document): Buffer {
    const isQuery = request.readInt32LE(12) === OP_QUERY;
    const before = isQuery ? Buffer.alloc(20) : Buffer.alloc(5);
    if (isQuery) {
        before.writeInt32LE(1, 16);
    }
    const body = Buffer.concat([before, BSON.serialize(document)]);
    const header = Buffer.alloc(16);
    header.writeInt32LE(header.length + body.length, 0);
    header.writeInt32LE(request.readInt32LE(4), 8);
    header.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12);
    return Buffer.concat([header, body]);
}
