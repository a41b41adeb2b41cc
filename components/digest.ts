import { createHash } from "node:crypto";
import { globSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** Files beyond this many bytes are told apart by size and time, since every preview looks at them. */
const LARGE = 64 * 1024 * 1024;

/** A digest of files: of their names and content, of large ones of size and time of change. */
export function digestOf(paths: string[]): string {
    const hash = createHash("sha256");
    for (const path of [...paths].sort()) {
        const { size, mtimeMs } = statSync(path);
        hash.update(`${relative(".", path)}\0`);
        hash.update(
            size > LARGE ? `${size} ${mtimeMs}` : createHash("sha256").update(readFileSync(path)).digest(),
        );
    }
    return hash.digest("hex").slice(0, 16);
}

/** All files under a folder that end in one of the endings. */
export function filesUnder(folder: string, endings: string[]): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
        .map((entry) => join(entry.parentPath, entry.name));
}

/** The files that a path names: itself, the CSV files of a folder, or what a glob matches. */
export function filesOf(path: string): string[] {
    const files = globSync(path);
    return files.flatMap((file) =>
        statSync(file).isDirectory() ? filesUnder(file, [".csv", ".csv.gz"]) : [file],
    );
}

/** Files as they are sent to where the jobs run. */
export interface Bundle {
    /** Of each file the name from the innermost folder that all of them are in, in the order given. */
    names: string[];
    /** Name → absolute path. */
    files: Record<string, string>;
    digest: string;
}

export function bundleOf(paths: string[]): Bundle {
    const absolute = paths.map((path) => resolve(path));
    const root = commonFolder(absolute);
    const named = absolute.map((path) => [relative(root, path), path] as const);
    return {
        names: named.map(([name]) => name),
        files: Object.fromEntries(named),
        digest: digestOf(absolute),
    };
}

/** The innermost folder that all paths are in. */
export function commonFolder(paths: string[]): string {
    let common = dirname(paths[0] ?? sep);
    for (const path of paths) {
        while (common !== sep && !path.startsWith(`${common}${sep}`)) {
            common = dirname(common);
        }
    }
    return common;
}
