import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";

const BLOCK = 512;

/** The same for all, so that equal files give equal archives; what packs them again may know no time before 1980. */
const MODIFIED = Date.UTC(2000, 0) / 1000;

/** Who owns what is unpacked. */
export interface Owner {
    uid: number;
    gid: number;
}

/** Writes files as a tar archive (ustar), readable by all; `files`: name in the archive → path. Ends the target. */
export async function writeTar(files: Record<string, string>, owner: Owner, to: Writable): Promise<void> {
    const folders = new Set(Object.keys(files).flatMap(foldersOf));
    for (const folder of [...folders].sort()) {
        to.write(header(`${folder}/`, 0, "5", 0o755, owner));
    }
    for (const [name, path] of Object.entries(files)) {
        const { size } = await stat(path);
        to.write(header(name, size, "0", 0o644, owner));
        if (size > 0) {
            // No more than was announced, should the file grow meanwhile.
            const content = createReadStream(path, { end: size - 1 });
            content.pipe(to, { end: false });
            await finished(content);
        }
        to.write(Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK));
    }
    to.end(Buffer.alloc(2 * BLOCK));
}

function foldersOf(name: string): string[] {
    const parts = name.split("/").slice(0, -1);
    return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}

function header(name: string, size: number, type: "0" | "5", mode: number, { uid, gid }: Owner): Buffer {
    const block = Buffer.alloc(BLOCK);
    const [prefix, rest] = split(name);
    const octal = (value: number, at: number, length: number) =>
        block.write(value.toString(8).padStart(length - 1, "0"), at);
    block.write(rest, 0);
    octal(mode, 100, 8);
    octal(uid, 108, 8);
    octal(gid, 116, 8);
    octal(size, 124, 12);
    octal(MODIFIED, 136, 12);
    block.write("        ", 148);
    block.write(type, 156);
    block.write("ustar\u000000", 257);
    block.write(prefix, 345);
    octal(
        block.reduce((sum, byte) => sum + byte, 0),
        148,
        7,
    );
    return block;
}

/** A name of up to 255 bytes in two parts, as the format wants it. */
function split(name: string): [string, string] {
    if (Buffer.byteLength(name) <= 100) {
        return ["", name];
    }
    for (let at = name.indexOf("/"); at >= 0; at = name.indexOf("/", at + 1)) {
        if (Buffer.byteLength(name.slice(at + 1)) <= 100 && Buffer.byteLength(name.slice(0, at)) <= 155) {
            return [name.slice(0, at), name.slice(at + 1)];
        }
    }
    throw new Error(`the name ${name} is too long for an archive: at most 100 bytes beside its folder`);
}
