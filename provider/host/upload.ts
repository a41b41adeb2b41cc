import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { File } from "@google-cloud/storage";

/** Files from this many bytes on are uploaded in a way that goes on where a broken connection has left off. */
const LARGE = 8 * 1024 * 1024;

/** A file of this machine by its path, or bytes. */
export type Content = string | Buffer;

export async function sizeOf(content: Content): Promise<number> {
    return typeof content === "string" ? (await stat(content)).size : content.length;
}

/** In base64, as Google gives it. */
export async function md5Of(content: Content): Promise<string> {
    const hash = createHash("md5");
    if (typeof content === "string") {
        await pipeline(createReadStream(content), hash);
    } else {
        hash.update(content);
    }
    return hash.digest("base64");
}

/**
 * Uploads an object; a checksum of what was sent and what has arrived is compared.
 *
 * @param generation the one that is there and may be replaced; 0 for none
 * @param onBytes told how many more bytes have been sent
 */
export async function upload(
    content: Content,
    to: File,
    generation: number | string,
    onBytes: (bytes: number) => void,
    signal: AbortSignal,
): Promise<void> {
    const size = await sizeOf(content);
    const preconditionOpts = { ifGenerationMatch: generation };
    const count = new Transform({
        transform(chunk, _encoding, done) {
            onBytes(chunk.length);
            done(null, chunk);
        },
    });
    const from = typeof content === "string" ? createReadStream(content) : [content];
    const target = to.createWriteStream({ resumable: size >= LARGE, validation: "crc32c", preconditionOpts });
    await pipeline(from, count, target, { signal });
}
