import type { Stats } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { readJson } from "./files.ts";

/** The marker in the folder of a stack, by which the stack recognises it. */
export interface Marker {
    /** Changes when the folder is created again. */
    generation: string;
    /** URN of the resource that created the folder. */
    owner: string;
}

/** Path of the marker of a workspace. */
export function markerIn(workspace: string): string {
    return join(workspace, ".london-power.json");
}

/** The marker of a trusted workspace; `undefined` for any other folder. */
export async function markerOf(path: string): Promise<Marker | undefined> {
    return (await problemOf(path)) ? undefined : readJson<Marker>(markerIn(path));
}

/**
 * Refuses paths outside of a stack's workspace, and links in it that could lead out. Anybody who reaches the running engine can
 * request a resource with any path.
 *
 * @param paths absolute paths, which need not exist yet
 * @throws with the path, if it is not below a folder that a stack has created
 */
export async function requireWorkspace(...paths: string[]): Promise<void> {
    for (const path of paths) {
        if (!(await isInWorkspace(path))) {
            throw new Error(
                `${path} does not lie in the workspace of a stack, a folder of yours that \`pulumi up\` has made and marked, ` +
                    "or a link leads there: nothing is written to it",
            );
        }
    }
}

/** Whether a path is below a trusted workspace, and nothing between the two is a link or belongs to another user. */
export async function isInWorkspace(path: string): Promise<boolean> {
    if (resolve(path) !== path) {
        return false;
    }
    for (let at = path; at !== dirname(at); at = dirname(at)) {
        if (at !== path && (await markerOf(at))) {
            return true;
        }
        const found = await lstatOf(at);
        if (found && (found.isSymbolicLink() || found.uid !== process.geteuid?.())) {
            return false;
        }
    }
    return false;
}

/** The reason why a folder or its marker is not trusted; `undefined` if there is none or the folder does not exist. */
export async function problemOf(path: string): Promise<string | undefined> {
    const found = await lstatOf(path);
    if (!found) {
        return undefined;
    }
    if (!found.isDirectory()) {
        return found.isSymbolicLink() ? "is a link: name the folder that it leads to" : "is not a folder";
    }
    if (found.uid !== process.geteuid?.()) {
        return `belongs to another user (${found.uid})`;
    }
    return (found.mode & 0o022) !== 0 && (await readdir(path)).length > 0
        ? "can be written to by others, who may have put into it what is there: look at it, then `chmod 700` it"
        : undefined;
}

/** Facts about a path itself, even a link; `undefined` if it does not exist. */
export async function lstatOf(path: string): Promise<Stats | undefined> {
    return lstat(path).catch((error) => {
        if (error.code === "ENOENT") {
            return undefined;
        }
        throw error;
    });
}
