// The Swarm platform of the stories, and the accesses to it.
import { type Db, MongoClient } from "mongodb";
import type { Project } from "../project.ts";
import type { Ports } from "./clients.ts";

export interface Stage {
    project: Project;
    /** Begins the names of its services. */
    parts: string;
    ports: Ports;
}

/** The passwords and tokens that the stack puts out. */
export async function logins(project: Project): Promise<Record<string, string>> {
    return JSON.parse((await project.pulumi("stack", "output", "logins", "--json", "--show-secrets")).output);
}

/** Returns the header that a browser sends to a page that asks for a password. */
export function basic(password = ""): { Authorization: string } {
    return { Authorization: `Basic ${btoa(`admin:${password}`)}` };
}

/** Works on the platform's database as MongoDB's root, with another password than the stack's if one is given. */
export async function withDatabase<T>(
    { project, ports }: Stage,
    work: (database: Db, client: MongoClient) => Promise<T>,
    password?: string,
): Promise<T> {
    const auth = { username: "root", password: password ?? (await logins(project)).mongoRootPassword ?? "" };
    const client = new MongoClient(`mongodb://127.0.0.1:${ports.mongo}/?directConnection=true`, { auth });
    try {
        return await work(client.db("power"), client);
    } finally {
        await client.close();
    }
}

/** All passwords that the stack has made. */
export async function passwords(project: Project): Promise<string[]> {
    const state = JSON.parse((await project.pulumi("stack", "export", "--show-secrets")).output);
    const resources: { type: string; outputs: { result: { plaintext: string } } }[] =
        state.deployment.resources;
    return resources
        .filter(({ type }) => type.endsWith(":RandomPassword"))
        .map(({ outputs }) => JSON.parse(outputs.result.plaintext));
}
