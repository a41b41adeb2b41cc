import { isDeepStrictEqual } from "node:util";
import {
    isAway,
    isRefusal,
    isRefused,
    type MongoRole,
    outlasting,
    type UserState,
    withServer,
} from "../host/mongoUsers.ts";
import type { ResourceKind } from "../rpc/kind.ts";
import { hasUnknown } from "../rpc/values.ts";

export interface MongoUserInputs {
    adminUri: string;
    user: string;
    password: string;
    roles: MongoRole[];
}

export interface MongoUserOutputs {
    rolesEnforced: boolean;
}

/** A user of a MongoDB server with the rights of one consumer. */
export const mongoUser: ResourceKind<MongoUserInputs, MongoUserOutputs> = {
    outputs: ["rolesEnforced"],

    check({ user }) {
        return hasUnknown(user) || /^[\w-]{1,60}$/.test(user)
            ? []
            : [{ property: "user", reason: `"${user}" has to be 1 to 60 letters, digits, _ and -` }];
    },

    async diff({ oldInputs, inputs }) {
        if (oldInputs.user !== inputs.user) {
            return { properties: ["user"], replaces: ["user"] };
        }
        const changed = (["password", "roles"] as const).filter(
            (key) => !isDeepStrictEqual(oldInputs[key], inputs[key]),
        );
        if (changed.length > 0) {
            return { properties: changed };
        }
        const drift = hasUnknown(inputs) ? undefined : await driftOf(inputs).catch(unlessUnreachable);
        return drift && { properties: drift.properties, reason: `${inputs.user}: ${drift.reason}` };
    },

    planned: async () => ({}),

    async create(inputs) {
        return { id: inputs.user, outputs: await outlasting(() => ensure(inputs)) };
    },

    async read(_id, outputs, inputs) {
        return (await driftOf(inputs).catch(unlessUnreachable))?.gone ? undefined : outputs;
    },

    update: ({ inputs }) => outlasting(() => ensure(inputs)),

    async delete(id, _outputs, { adminUri }, context) {
        try {
            await withServer(adminUri, (server) => server.drop(id));
        } catch (error) {
            // A server that no longer exists has no users left to delete.
            context.warn(`user ${id} was not removed: ${(error as Error).message}`);
        }
    },
};

function ensure({ adminUri, user, password, roles }: MongoUserInputs): Promise<MongoUserOutputs> {
    return withServer(adminUri, async (server) => {
        const state = await server.find(user);
        if (state) {
            await server.change(user, password, server.enforcesRoles ? roles : undefined);
        } else {
            await server.add(user, password, roles);
        }
        return { rolesEnforced: server.enforcesRoles };
    });
}

async function driftOf({ adminUri, user, password, roles }: MongoUserInputs) {
    const [state, enforced] = await withServer(
        adminUri,
        async (server): Promise<[UserState | undefined, boolean]> => [
            await server.find(user),
            server.enforcesRoles,
        ],
    );
    if (!state) {
        return { gone: true, properties: ["user"], reason: "the user is gone and is created again" };
    }
    if (enforced && !isDeepStrictEqual(sorted(state.roles), sorted(roles))) {
        return { properties: ["roles"], reason: "its roles were changed and are granted again" };
    }
    if (await isRefused(adminUri, user, password)) {
        return { properties: ["password"], reason: "its password was changed and is set again" };
    }
    return undefined;
}

/**
 * The users of a server that does not answer are unknown; they come back with its data. A server that refuses its administrator
 * was created again or has another password; the next `up` repairs both. Any other error is passed on.
 */
function unlessUnreachable(error: unknown): undefined {
    if (!isAway(error) && !isRefusal(error)) {
        throw error;
    }
}

function sorted(roles: MongoRole[]): string[] {
    return roles.map(({ role, db }) => `${db}.${role}`).sort();
}
