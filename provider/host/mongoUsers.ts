import { setTimeout as sleep } from "node:timers/promises";
import { MongoClient, MongoNetworkError, MongoServerError, MongoServerSelectionError } from "mongodb";

export interface MongoRole {
    role: string;
    db: string;
}

/** A user on the server. */
export interface UserState {
    roles: MongoRole[];
}

/** The operations on the users of a server, who are all in its database `admin`. */
export interface UserServer {
    /** False for a server that checks passwords but lets every user do everything. */
    readonly enforcesRoles: boolean;
    find(user: string): Promise<UserState | undefined>;
    add(user: string, password: string, roles: MongoRole[]): Promise<void>;
    change(user: string, password: string, roles: MongoRole[] | undefined): Promise<void>;
    /** Succeeds if the user does not exist. */
    drop(user: string): Promise<void>;
}

/** Time that a server gets to answer, in milliseconds: it may have started a moment ago. */
const PATIENCE = 15_000;

/** Error code of a MongoDB server that refuses a login. */
const AUTHENTICATION_FAILED = 18;

/** Manages the users of a server as its administrator. No error contains the connection string. */
export async function withServer<T>(
    uri: string,
    work: (server: UserServer) => Promise<T>,
    auth?: { username: string; password: string },
): Promise<T> {
    const client = new MongoClient(uri, { auth, serverSelectionTimeoutMS: PATIENCE });
    try {
        const admin = client.db("admin");
        const { ferretdb } = await admin.command({ buildInfo: 1 });
        const find = async (user: string): Promise<UserState | undefined> => {
            const { users } = await admin.command({ usersInfo: { user, db: "admin" } });
            // The stand-in omits an empty list.
            return users?.[0];
        };
        return await work({
            enforcesRoles: ferretdb === undefined,
            find,
            async add(user, pwd, roles) {
                await admin.command({ createUser: user, pwd, roles });
            },
            async change(user, pwd, roles) {
                await admin.command({ updateUser: user, pwd, ...(roles && { roles }) });
            },
            async drop(user) {
                if (await find(user)) {
                    await admin.command({ dropUser: user });
                }
            },
        });
    } finally {
        await client.close();
    }
}

/** Time for further tries after a lost connection, in milliseconds: a server that has just started closes connections. */
const OUTAGE = 30_000;

/** Repeats work that a server ends by going away. The work must lead to the same result however often it runs. */
export async function outlasting<T>(work: () => Promise<T>): Promise<T> {
    for (const deadline = Date.now() + OUTAGE; ; await sleep(500)) {
        try {
            return await work();
        } catch (error) {
            if (!isAway(error) || Date.now() > deadline) {
                throw error;
            }
        }
    }
}

/** Whether an error means that the server does not answer or has stopped answering. */
export function isAway(error: unknown): boolean {
    return error instanceof MongoServerSelectionError || error instanceof MongoNetworkError;
}

/** Whether an error means that the server refuses the login. */
export function isRefusal(error: unknown): boolean {
    return error instanceof MongoServerError && error.code === AUTHENTICATION_FAILED;
}

/** True if the server refuses a user's password. */
export async function isRefused(uri: string, user: string, password: string): Promise<boolean> {
    const client = new MongoClient(uri, {
        auth: { username: user, password },
        serverSelectionTimeoutMS: PATIENCE,
    });
    try {
        await client.db("admin").command({ ping: 1 });
        return false;
    } catch (error) {
        if (isRefusal(error)) {
            return true;
        }
        throw error;
    } finally {
        await client.close();
    }
}
