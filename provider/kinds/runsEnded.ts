import { setTimeout as sleep } from "node:timers/promises";
import { isMissing } from "../host/google.ts";
import { type ActiveRun, activeRuns, type RunsPlace } from "../launchers/activeRuns.ts";
import type { ResourceKind } from "../rpc/kind.ts";
import { changedKeys } from "../rpc/values.ts";

/** Interval between two requests to Google, in milliseconds. */
const PERIOD = 2_000;

export type RunsEndedInputs = RunsPlace;

/** Keeps the resources that it depends on until no run is under way: its deletion waits, and Pulumi deletes them after it. */
export const runsEnded: ResourceKind<RunsEndedInputs, object> = {
    outputs: [],
    check: () => [],

    async diff({ oldInputs, inputs }) {
        const properties = changedKeys(oldInputs, inputs);
        return properties.length > 0 ? { properties } : undefined;
    },

    planned: async () => ({}),
    create: async ({ stack }) => ({ id: stack, outputs: {} }),
    read: async (_id, outputs) => outputs,
    update: async () => ({}),

    async delete(_id, _outputs, inputs, { signal, progress }) {
        for (;;) {
            signal.throwIfAborted();
            const runs = await there(inputs);
            if (runs.length === 0) {
                return;
            }
            progress(`keeping the old credentials for ${runs.map(({ id }) => id).join(", ")}`);
            await sleep(PERIOD, undefined, { signal }).catch(() => signal.throwIfAborted());
        }
    },
};

/** No run exists without its project or cluster. */
async function there(place: RunsPlace): Promise<ActiveRun[]> {
    try {
        return await activeRuns(place);
    } catch (error) {
        if (isMissing(error)) {
            return [];
        }
        throw error;
    }
}
