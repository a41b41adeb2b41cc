import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Returns the present path for a path in the lake from the outputs of the last `up`: a scheduled run replaces the older files.
 * It returns the same path for a lake that is not on this machine.
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
