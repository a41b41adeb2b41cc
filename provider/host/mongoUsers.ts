import { MongoClient, MongoNetworkError, MongoServerError, MongoServerSelectionError } from "mongodb";

export interface MongoRole {
    role: string;
    db: string;
}

/** A user as the server has it. */
export interface UserState {
    roles: MongoRole[];
}

/** What may be done to the users of a server; they are all kept in its database `admin`. */
export interface UserServer {
    /** False for a server that knows users and passwords, but lets each do everything. */
    readonly enforcesRoles: boolean;
    find(user: string): Promise<UserState | undefined>;
    add(user: string, password: string, roles: MongoRole[]): Promise<void>;
    change(user: string, password: string, roles: MongoRole[] | undefined): Promise<void>;
    /** No error where it was gone already. */
    drop(user: string): Promise<void>;
}

/** How long a server may take to answer, in milliseconds: it may just have been started. */
const PATIENCE = 15_000;

/** Code of a MongoDB server that does not know, or does not believe, a user. */
const AUTHENTICATION_FAILED = 18;

/** Works on the users of a server as its administrator. No error repeats the connection string. */
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
            // The stand-in leaves the list out where it would be empty.
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

/** Whether an error says that the server does not answer, or no longer. */
export function isAway(error: unknown): boolean {
    return error instanceof MongoServerSelectionError || error instanceof MongoNetworkError;
}

/** Whether an error says that the server does not know, or does not believe, who asks. */
export function isRefusal(error: unknown): boolean {
    return error instanceof MongoServerError && error.code === AUTHENTICATION_FAILED;
}

/** True where the server refuses a user's password. */
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
