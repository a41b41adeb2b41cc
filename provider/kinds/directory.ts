import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { readJson, writeAtomically } from "../host/files.ts";
import type { ResourceKind } from "../rpc/kind.ts";
import { hasUnknown } from "../rpc/values.ts";

export interface DirectoryInputs {
    path: string;
}

export interface DirectoryOutputs {
    uri: string;
    generation: string;
}

/** Marks a folder as ours to delete, and tells one that was made anew from the one that stood there before. */
const MARKER = ".london-power.json";

/** A folder of this machine that belongs to the stack: made empty, deleted with all that is in it. */
export const directory: ResourceKind<DirectoryInputs, DirectoryOutputs> = {
    outputs: ["uri", "generation"],

    check({ path }) {
        return hasUnknown(path) || path.startsWith("/")
            ? []
            : [{ property: "path", reason: `"${path}" has to be an absolute path` }];
    },

    async diff({ oldInputs, oldOutputs, inputs }) {
        if (oldInputs.path !== inputs.path) {
            return { properties: ["path"], replaces: ["path"] };
        }
        return (await generationOf(inputs.path)) === oldOutputs.generation
            ? undefined
            : { properties: ["generation"], reason: `${inputs.path} was removed: it is made again, empty` };
    },

    planned: ({ path }) => (hasUnknown(path) ? {} : { uri: uriOf(path) }),

    async create(inputs) {
        return { id: inputs.path, outputs: await ensure(inputs.path) };
    },

    async read(_id, outputs, { path }) {
        return (await generationOf(path)) === outputs.generation ? outputs : undefined;
    },

    update: ({ inputs }) => ensure(inputs.path),

    async delete(id) {
        // Without the marker it is not the folder that this resource made.
        if (await generationOf(id)) {
            await rm(id, { recursive: true, force: true });
        }
    },
};

/** Makes the folder, or takes the one that an earlier, interrupted deployment made. */
async function ensure(path: string): Promise<DirectoryOutputs> {
    const found = await generationOf(path);
    if (found) {
        return { uri: uriOf(path), generation: found };
    }
    // For its owner alone: what is in it is the user's data.
    await mkdir(path, { recursive: true, mode: 0o700 });
    if ((await readdir(path)).length > 0) {
        throw new Error(
            `${path} exists, holds files and was not made by this stack: it would be deleted with the stack. ` +
                "Move it away, or choose another folder: pulumi config set london-power:workspace <folder>",
        );
    }
    const generation = randomUUID();
    await writeAtomically(join(path, MARKER), JSON.stringify({ generation }));
    return { uri: uriOf(path), generation };
}

async function generationOf(path: string): Promise<string | undefined> {
    return (await readJson<{ generation: string }>(join(path, MARKER)))?.generation;
}

/** In Hadoop's way, which reads no percent escapes. */
function uriOf(path: string): string {
    return `file://${path}`;
}
