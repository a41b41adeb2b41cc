import type { Stats } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { readJson } from "./files.ts";

/** What is kept in the folder of a stack, so that the stack knows it again. */
export interface Marker {
    /** Changes when the folder is made again. */
    generation: string;
    /** URN of the resource that made the folder. */
    owner: string;
}

/** Where a workspace has its marker. */
export function markerIn(workspace: string): string {
    return join(workspace, ".london-power.json");
}

/** The marker of a workspace that can be trusted; `undefined` for any other folder. */
export async function markerOf(path: string): Promise<Marker | undefined> {
    return (await problemOf(path)) ? undefined : readJson<Marker>(markerIn(path));
}

/**
 * Refuses paths outside of a stack's workspace, and links in it that could lead out. Whoever reaches the engine while it runs
 * can ask for a resource with any path.
 *
 * @param paths absolute; nothing need be there yet
 * @throws with the path, where one is not below a folder that a stack has made
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

/** Whether a path lies below a workspace that can be trusted, and nothing between the two is a link or another user's. */
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

/** What keeps a folder from being trusted, its marker included; `undefined` where nothing does, or there is no folder. */
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

/** What is at a path itself, be it a link; `undefined` where nothing is. */
export async function lstatOf(path: string): Promise<Stats | undefined> {
    return lstat(path).catch((error) => {
        if (error.code === "ENOENT") {
            return undefined;
        }
        throw error;
    });
}
