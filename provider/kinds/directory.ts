import { randomUUID } from "node:crypto";
import { chmod, mkdir, readdir, rm } from "node:fs/promises";
import { writeAtomically } from "../host/files.ts";
import { lstatOf, markerIn, markerOf, problemOf } from "../host/workspace.ts";
import type { ResourceKind } from "../rpc/kind.ts";
import { hasUnknown } from "../rpc/values.ts";

export interface DirectoryInputs {
    path: string;
}

export interface DirectoryOutputs {
    uri: string;
    generation: string;
}

/** A folder of this machine that belongs to the stack. It is created empty and deleted with its content. */
export const directory: ResourceKind<DirectoryInputs, DirectoryOutputs> = {
    outputs: ["uri", "generation"],

    check({ path }) {
        return hasUnknown(path) || path.startsWith("/")
            ? []
            : [{ property: "path", reason: `"${path}" has to be an absolute path` }];
    },

    async diff({ oldInputs, oldOutputs, inputs }) {
        const { path } = inputs;
        if (oldInputs.path !== path) {
            return { properties: ["path"], replaces: ["path"] };
        }
        const problem = await problemOf(path);
        if (problem) {
            return { properties: ["path"], reason: `${path} ${problem}` };
        }
        if ((await generationOf(path)) !== oldOutputs.generation) {
            return { properties: ["generation"], reason: `${path} was removed and is created again, empty` };
        }
        return (await rightsOfOthers(path)) === 0
            ? undefined
            : { properties: ["path"], reason: `${path} is open to others: it is closed to them` };
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
        // A folder with another generation, or with none, was not created by this resource.
        if ((await generationOf(id)) === outputs.generation) {
            await rm(id, { recursive: true, force: true });
        }
    },
};

/** Creates the folder, or takes over the folder of an interrupted deployment of the same resource. */
async function ensure(path: string, owner: string): Promise<DirectoryOutputs> {
    if (!(await lstatOf(path))) {
        await mkdir(path, { recursive: true, mode: 0o700 });
    }
    const problem = await problemOf(path);
    if (problem) {
        throw new Error(`${path} ${problem}. Mend that, or ${otherFolder(owner)}`);
    }
    const found = await markerOf(path);
    if (found?.owner === owner) {
        await chmod(path, 0o700);
        return { uri: uriOf(path), generation: found.generation };
    }
    await requireEmpty(path, owner);
    // Only its owner may read it, because it holds the user's data. Somebody may have put files there before.
    await chmod(path, 0o700);
    await requireEmpty(path, owner);
    const generation = randomUUID();
    await writeAtomically(markerIn(path), JSON.stringify({ generation, owner }));
    return { uri: uriOf(path), generation };
}

async function requireEmpty(path: string, owner: string): Promise<void> {
    if ((await readdir(path)).length > 0) {
        throw new Error(
            `${path} exists, holds files and was not made by this stack: it would be deleted with the stack. Move it away, or ` +
                otherFolder(owner),
        );
    }
}

function otherFolder(owner: string): string {
    const stack = owner.split("::")[0]?.split(":").at(-1);
    return `choose another folder: pulumi config set london-power:workspace <folder> --stack ${stack}`;
}

async function rightsOfOthers(path: string): Promise<number> {
    return ((await lstatOf(path))?.mode ?? 0) & 0o077;
}

async function generationOf(path: string): Promise<string | undefined> {
    return (await markerOf(path))?.generation;
}

/** The URI in Hadoop's form, which has no percent escapes. */
function uriOf(path: string): string {
    return `file://${path}`;
}
