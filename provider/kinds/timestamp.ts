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

function now(): TimestampOutputs {
    return { at: new Date().toISOString() };
}
