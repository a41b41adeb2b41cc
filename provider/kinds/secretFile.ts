import { lstat, readFile, rm } from "node:fs/promises";
import { writeAtomically } from "../host/files.ts";
import { isInWorkspace, requireWorkspace } from "../host/workspace.ts";
import type { ResourceKind } from "../rpc/kind.ts";

export interface SecretFileInputs {
    path: string;
    content: string;
}

/** A file of the workspace that only its owner may read, for a secret of a job. */
export const secretFile: ResourceKind<SecretFileInputs, Record<string, never>> = {
    outputs: [],

    check: () => [],

    async diff({ id, oldInputs, inputs }) {
        if (oldInputs.path !== inputs.path) {
            return { properties: ["path"], replaces: ["path"] };
        }
        if (oldInputs.content !== inputs.content) {
            return { properties: ["content"] };
        }
        return (await isIntact(id, inputs.content))
            ? undefined
            : {
                  properties: ["content"],
                  reason: `${id} is missing, changed or open to others: it is written again`,
              };
    },

    planned: async () => ({}),

    async create({ path, content }) {
        await requireWorkspace(path);
        await writeAtomically(path, content, 0o600);
        return { id: path, outputs: {} };
    },

    async read(id, outputs, { content }) {
        return (await isIntact(id, content)) ? outputs : undefined;
    },

    async update({ id, inputs }) {
        await requireWorkspace(id);
        await writeAtomically(id, inputs.content, 0o600);
        return {};
    },

    async delete(id) {
        if (await isInWorkspace(id)) {
            await rm(id, { force: true });
        }
    },
};

async function isIntact(path: string, content: string): Promise<boolean> {
    try {
        return (await readFile(path, "utf8")) === content && ((await lstat(path)).mode & 0o077) === 0;
    } catch {
        return false;
    }
}
