import { createHash, createHmac, pbkdf2Sync } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import type { ExecutionContext } from "ava";
import { BSON, type Document } from "mongodb";

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

/**
 * Starts a server that speaks MongoDB's protocol; it ends with the test.
 *
 * @param answer given a command, returns the answer, or `undefined` to close the connection. The handshake is answered here
 * @returns its address, host:port
 */
export async function mongoServer(
    t: ExecutionContext,
    answer: (command: Document) => Document | undefined,
): Promise<string> {
    const server = createServer((socket) => {
        socket.on("error", () => undefined);
        socket.on("data", (request) => {
            const isQuery = request.readInt32LE(12) === OP_QUERY;
            // After the header and, in a message, flags and the section's kind.
            const command = isQuery ? { hello: 1 } : BSON.deserialize(request.subarray(21));
            const document =
                "hello" in command
                    ? { ok: 1, isWritablePrimary: true, minWireVersion: 0, maxWireVersion: 25 }
                    : answer(command);
            if (document) {
                socket.write(reply(request, document));
            } else {
                socket.destroy();
            }
        });
    }).listen(0, "127.0.0.1");
    t.teardown(() => server.close());
    await once(server, "listening");
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The error of a server that refuses a login. */
export const REFUSED = {
    ok: 0,
    code: 18,
    codeName: "AuthenticationFailed",
    errmsg: "Authentication failed.",
};

/** Answers the two commands of a login with SCRAM-SHA-256 (RFC 5802, RFC 7677) as a server that knows these passwords. */
export function login(passwords: Record<string, string>): (command: Document) => Document | undefined {
    const salt = Buffer.from("salt");
    let [user, first, challenge] = ["", "", ""];
    const hmac = (key: Buffer, text: string) => createHmac("sha256", key).update(text).digest();
    return (command) => {
        if (command.saslStart) {
            first = command.payload.toString().replace("n,,", "");
            user = /n=([^,]*)/.exec(first)?.[1] ?? "";
            challenge = `${/r=.*/.exec(first)?.[0]}server,s=${salt.toString("base64")},i=4096`;
            return {
                ok: 1,
                conversationId: 1,
                done: false,
                payload: new BSON.Binary(Buffer.from(challenge)),
            };
        }
        if (command.saslContinue) {
            const [, unproven = "", proof] = /^(.*),p=(.*)$/.exec(command.payload.toString()) ?? [];
            const salted = pbkdf2Sync(passwords[user] ?? "", salt, 4096, 32, "sha256");
            const all = [first, challenge, unproven].join();
            const key = hmac(salted, "Client Key");
            const mask = hmac(createHash("sha256").update(key).digest(), all);
            const expected = Buffer.from(key.map((byte, i) => byte ^ (mask[i] as number))).toString("base64");
            if (!(user in passwords) || proof !== expected) {
                return REFUSED;
            }
            const signature = hmac(hmac(salted, "Server Key"), all).toString("base64");
            return {
                ok: 1,
                conversationId: 1,
                done: true,
                payload: new BSON.Binary(Buffer.from(`v=${signature}`)),
            };
        }
        return undefined;
    };
}

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
