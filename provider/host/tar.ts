import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Writable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { type Pack, pack } from "tar-stream";

/** Time of all files, so that equal files give equal archives. Zip archives know no time before 1980. */
const MODIFIED = new Date(Date.UTC(2000, 0));

/** Owner of the unpacked files. */
export interface Owner {
    uid: number;
    gid: number;
}

/** Writes files as a tar archive, readable by all; `files`: name in the archive → path. Ends the target. */
export async function writeTar(files: Record<string, string>, owner: Owner, to: Writable): Promise<void> {
    const archive = pack();
    const sent = pipeline(archive, to);
    const packed = packAll(archive, files, owner).catch((error) => archive.destroy(error));
    await Promise.all([sent, packed]);
}

async function packAll(archive: Pack, files: Record<string, string>, owner: Owner): Promise<void> {
    const common = { ...owner, mtime: MODIFIED };
    const folders = new Set(Object.keys(files).flatMap(foldersOf));
    for (const name of [...folders].sort()) {
        archive.entry({ ...common, name, type: "directory", mode: 0o755 });
    }
    for (const [name, path] of Object.entries(files)) {
        const { size } = await stat(path);
        const header = { ...common, name, size, mode: 0o644 };
        if (size === 0) {
            archive.entry(header, "");
            continue;
        }
        const entry = archive.entry(header);
        // Not more than announced, if the file grows meanwhile.
        createReadStream(path, { end: size - 1 })
            .on("error", (error) => archive.destroy(error))
            .pipe(entry);
        await finished(entry);
    }
    archive.finalize();
}

function foldersOf(name: string): string[] {
    const parts = name.split("/").slice(0, -1);
    return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}
