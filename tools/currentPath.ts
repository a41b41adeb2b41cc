import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * A path in the lake, as the last `up` has put it out, or the one that has taken its place: a run by the clock removes what was
 * before it. A lake that is not on this machine is not asked.
 *
 * @param uri `<lake>/<table>/run=<run>/…`
 */
export function currentPath(uri: string): string {
    const [, table, rest] = /^(file:.*)\/run=[^/]+(\/.*)?$/.exec(uri) ?? [];
    if (!table || existsSync(fileURLToPath(uri))) {
        return uri;
    }
    const pointer = fileURLToPath(`${table}/_current`);
    return existsSync(pointer) ? `${table}/${readFileSync(pointer, "utf8").trim()}${rest ?? ""}` : uri;
}
