import { randomUUID } from "node:crypto";
import { chmod, mkdir, readdir, rm } from "node:fs/promises";
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

    planned: async ({ path }) => (hasUnknown(path) ? {} : { uri: uriOf(path) }),

    async create(inputs, context) {
        return { id: inputs.path, outputs: await ensure(inputs.path, context.urn) };
    },

    async read(_id, outputs, { path }) {
        return (await generationOf(path)) === outputs.generation ? outputs : undefined;
    },

    update: ({ inputs }, context) => ensure(inputs.path, context.urn),

    async delete(id, outputs) {
        // Another generation, or none, is not the folder that this resource made.
        if ((await generationOf(id)) === outputs.generation) {
            await rm(id, { recursive: true, force: true });
        }
    },
};

/** Makes the folder, or takes the one that an earlier, interrupted deployment of the same resource made. */
async function ensure(path: string, owner: string): Promise<DirectoryOutputs> {
    const found = await markerOf(path);
    if (found?.owner === owner) {
        return { uri: uriOf(path), generation: found.generation };
    }
    await mkdir(path, { recursive: true });
    if ((await readdir(path)).length > 0) {
        const stack = owner.split("::")[0]?.split(":").at(-1);
        throw new Error(
            `${path} exists, holds files and was not made by this stack: it would be deleted with the stack. Move it away, ` +
                `or choose another folder: pulumi config set london-power:workspace <folder> --stack ${stack}`,
        );
    }
    // For its owner alone: what is in it is the user's data.
    await chmod(path, 0o700);
    const generation = randomUUID();
    await writeAtomically(join(path, MARKER), JSON.stringify({ generation, owner }));
    return { uri: uriOf(path), generation };
}

interface Marker {
    generation: string;
    /** URN of the resource that made the folder. */
    owner: string;
}

function markerOf(path: string): Promise<Marker | undefined> {
    return readJson<Marker>(join(path, MARKER));
}

async function generationOf(path: string): Promise<string | undefined> {
    return (await markerOf(path))?.generation;
}

/** In Hadoop's way, which reads no percent escapes. */
function uriOf(path: string): string {
    return `file://${path}`;
}
