import type { ResourceKind } from "../rpc/kind.ts";
import { changedKeys } from "../rpc/values.ts";

export interface TimestampInputs {
    triggers: Record<string, string | number>;
}

export interface TimestampOutputs {
    at: string;
}

/** The time at which something last changed. */
export const timestamp: ResourceKind<TimestampInputs, TimestampOutputs> = {
    outputs: ["at"],
    check: () => [],

    async diff({ oldInputs, inputs }) {
        refuseOlder(oldInputs.triggers.rotation, inputs.triggers.rotation);
        return changedKeys(oldInputs.triggers, inputs.triggers).length > 0
            ? { properties: ["triggers"] }
            : undefined;
    },

    planned: async () => ({}),

    async create() {
        const outputs = now();
        return { id: outputs.at, outputs };
    },

    read: async (_id, outputs) => outputs,
    update: async () => now(),
    async delete() {},
};

/** Each clone has the number of rotations in its stack file; a clone that lags behind would rotate every part again. */
function refuseOlder(old: string | number | undefined, present: string | number | undefined): void {
    if (Number(present) < Number(old)) {
        throw new Error(
            `the credentials have been rotated ${old} times, and this clone's stack file says ${present}. ` +
                "Give it the stack's numbers: make env STACK=<stack>",
        );
    }
}

function now(): TimestampOutputs {
    return { at: new Date().toISOString() };
}
