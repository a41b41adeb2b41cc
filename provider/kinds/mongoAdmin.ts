import { isRefused, outlasting, withServer } from "../host/mongoUsers.ts";
import type { ResourceKind } from "../rpc/kind.ts";
import { hasUnknown } from "../rpc/values.ts";

export interface MongoAdminInputs {
    uri: string;
    user: string;
    password: string;
    initialPassword: string;
}

/**
 * The password of a server's administrator. A change needs the old password. The resource therefore keeps every password that
 * the server may have until the change is confirmed: the state's, the new one, and the one of the first start.
 */
export const mongoAdmin: ResourceKind<MongoAdminInputs, Record<string, never>> = {
    outputs: [],
    check: () => [],

    async diff({ oldInputs, inputs }) {
        const changed = (["user", "password"] as const).filter((key) => oldInputs[key] !== inputs[key]);
        if (changed.length > 0) {
            return { properties: changed, ...(changed.includes("user") && { replaces: ["user"] }) };
        }
        const { uri, user, password } = inputs;
        // The users of a server that does not answer are unknown.
        const drifted = !hasUnknown(inputs) && (await isRefused(uri, user, password).catch(() => false));
        return drifted
            ? { properties: ["password"], reason: `${user}: its password was changed and is set again` }
            : undefined;
    },

    planned: async () => ({}),

    async create(inputs) {
        return { id: inputs.user, outputs: await outlasting(() => ensure(inputs, [])) };
    },

    // `diff` checks the password; the administrator exists as long as the server.
    read: async (_id, outputs) => outputs,
    update: ({ oldInputs, inputs }) => outlasting(() => ensure(inputs, [oldInputs.password])),
    async delete() {},
};

async function ensure(inputs: MongoAdminInputs, earlier: string[]): Promise<Record<string, never>> {
    const { uri, user, password, initialPassword } = inputs;
    if (!(await isRefused(uri, user, password))) {
        return {};
    }
    for (const known of [...earlier, initialPassword]) {
        if (!(await isRefused(uri, user, known))) {
            await withServer(uri, (server) => server.change(user, password, undefined), {
                username: user,
                password: known,
            });
            return {};
        }
    }
    throw new Error(
        `MongoDB refuses every password that this stack knows of ${user}: its data are those of another stack, or ` +
            `${user}'s password was changed by hand. See "Lost passwords" in docs/operations.md.`,
    );
}
