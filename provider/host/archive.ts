import { readFile } from "node:fs/promises";
import { posix } from "node:path";
import { zipSync } from "fflate";

/** The earliest time of a zip archive. All files get it, so that equal files give equal archives. */
const EPOCH = new Date(1980, 0, 1);

/**
 * Packs each Python package among files into an archive for Spark: name of the archive → its content.
 *
 * @param files name → path on this machine
 */
export async function packageArchives(files: Record<string, string>): Promise<Record<string, Buffer>> {
    const archives: Record<string, Buffer> = {};
    for (const folder of packagesOf(Object.keys(files))) {
        const parent = posix.dirname(folder);
        const inside = Object.keys(files).filter((name) => name.startsWith(`${folder}/`));
        const contents = inside
            .sort()
            .map(async (name) => [posix.relative(parent, name), await readFile(files[name] as string)]);
        const archive = zipSync(Object.fromEntries(await Promise.all(contents)), { mtime: EPOCH });
        archives[`${folder}.zip`] = Buffer.from(archive);
    }
    return archives;
}

/** The outermost packages. */
function packagesOf(names: string[]): string[] {
    const folders = names
        .filter((name) => posix.basename(name) === "__init__.py")
        .map((name) => posix.dirname(name));
    return folders.filter((folder) => !folders.some((other) => folder.startsWith(`${other}/`)));
}
