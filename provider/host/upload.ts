import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { File } from "@google-cloud/storage";

/** Size in bytes from which the upload of a file is resumable: it continues after a broken connection. */
const LARGE = 8 * 1024 * 1024;

/** The path of a file on this machine, or bytes. */
export type Content = string | Buffer;

export async function sizeOf(content: Content): Promise<number> {
    return typeof content === "string" ? (await stat(content)).size : content.length;
}

/** Returns the MD5 in base64, which is Google's notation. */
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
 * Uploads an object and compares the checksum of the sent bytes with the stored object's.
 *
 * @param generation generation of the object that may be replaced; 0 if there is none
 * @param onBytes called with the number of bytes that have been sent since the last call
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
