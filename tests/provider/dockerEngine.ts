import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { ExecutionContext } from "ava";
import { folder } from "../folder.ts";

/**
 * Starts a server in place of a Docker engine; it ends with the test.
 *
 * @param answer given the call without the API's version, such as `GET /services/a`, and the body. Returns the JSON of the answer, bytes as
 * they are, or `undefined` if the object does not exist
 * @returns its address, as in DOCKER_HOST
 */
export async function dockerEngine(
    t: ExecutionContext,
    // biome-ignore lint/suspicious/noExplicitAny: the engine's own structures.
    answer: (call: string, body: any) => unknown,
): Promise<string> {
    const server = createServer(async (request, response) => {
        const body = await text(request);
        const found = answer(
            `${request.method} ${decodeURIComponent(request.url ?? "").replace("/v1.41", "")}`,
            request.headers["content-type"] === "application/json" && body ? JSON.parse(body) : body,
        );
        response.writeHead(found === undefined ? 404 : 200);
        response.end(
            Buffer.isBuffer(found)
                ? found
                : JSON.stringify(found === undefined ? { message: "no such object" } : found),
        );
    });
    const socket = join(folder(t), "docker.sock");
    await new Promise<void>((listening) => {
        server.listen(socket, listening);
    });
    t.teardown(() => server.close());
    return `unix://${socket}`;
}

/** A frame of the engine's log stream: 1 is standard output, 2 standard error. */
export function frame(source: number, content: string): Buffer {
    const head = Buffer.alloc(8);
    head.writeUInt8(source, 0);
    head.writeUInt32BE(Buffer.byteLength(content), 4);
    return Buffer.concat([head, Buffer.from(content)]);
}
