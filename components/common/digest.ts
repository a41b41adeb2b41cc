import { createHash } from "node:crypto";
import { globSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** Size in bytes above which a file counts by size and time, because every preview looks at all files. */
export const LARGE = 64 * 1024 * 1024;

/** A digest of the names and contents of files; large files count by size and modification time. */
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

/** Files that a target copies to the jobs. */
export interface Bundle {
    /** The name of each file, relative to the innermost folder that contains all of them, in the given order. */
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

/** The innermost folder that contains all paths. */
export function commonFolder(paths: string[]): string {
    let common = dirname(paths[0] ?? sep);
    for (const path of paths) {
        while (common !== sep && !path.startsWith(`${common}${sep}`)) {
            common = dirname(common);
        }
    }
    return common;
}
