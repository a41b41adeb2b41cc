// Clients that work with the platform while it changes, as its consumers do: each goes on with the credentials that it has, and
// looks into its file again when they are refused.
import { execFile } from "node:child_process";
import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { type Collection, MongoClient } from "mongodb";

export type Ports = Record<"jupyter" | "mongoExpress" | "spark" | "hdfs" | "mongo", number>;

/** What a client has done. */
export interface Tally {
    requests: number;
    /** Requests that the client could not get done, each with what it was told. */
    failures: string[];
    /** How often it has read its credentials anew. */
    renewals: number;
}

/** One kind of client: where its credentials are, and what it does with them. What it throws but `Refused` and `Missing` is a failure. */
interface Role {
    credentials(): Promise<string>;
    /** A connection's worth of requests; calls `done` after each. */
    work(credentials: string, done: () => void): Promise<void>;
}

/** The server did not take the credentials. */
class Refused extends Error {}

/** The file with the credentials could not be read: its container has just gone. */
class Missing extends Error {}

/** How often a request is tried with credentials that were just read. */
const TRIES = 5;

/** Requests on one connection: who holds it for ever never shows its password again. */
const ON_ONE = 20;

/** Starts a client of each role; `stop` ends them all, and says what each has done. */
export function startClients(
    stack: string,
    ports: Ports,
): { stop(atLeast: number): Promise<Record<string, Tally>> } {
    let going = true;
    const tallies: Record<string, Tally> = {};
    const clients = Object.entries(rolesOf(stack, ports)).map(async ([name, role]) => {
        const tally: Tally = { requests: 0, failures: [], renewals: 0 };
        tallies[name] = tally;
        let credentials: string | undefined;
        for (let tries = 0; going; ) {
            try {
                credentials ??= await role.credentials();
                await role.work(credentials, () => {
                    tally.requests++;
                    tries = 0;
                });
            } catch (error) {
                credentials = undefined;
                if (++tries <= TRIES && (error instanceof Refused || error instanceof Missing)) {
                    tally.renewals++;
                } else {
                    tally.requests++;
                    tally.failures.push(`${error}`);
                }
                await sleep(100);
            }
        }
    });
    return {
        async stop(atLeast) {
            const enough = () =>
                Object.values(tallies).reduce((sum, { requests }) => sum + requests, 0) >= atLeast;
            while (!enough()) {
                await sleep(100);
            }
            going = false;
            await Promise.all(clients);
            return tallies;
        },
    };
}

function rolesOf(stack: string, { jupyter, mongoExpress, mongo }: Ports): Record<string, Role> {
    return {
        ingest: {
            // What a driver that is started now is given.
            credentials: () => readSecret(stack, "ingest"),
            work: (uri, done) =>
                withCollection(atGateway(uri, mongo), async (load, i) => {
                    await load.replaceOne({ _id: `ingest ${i}` }, { at: new Date() }, { upsert: true });
                    done();
                }),
        },
        analysis: {
            credentials: () => inContainer(`${stack}-jupyter`, "mongo-analysis"),
            work: (uri, done) =>
                withCollection(atGateway(uri, mongo), async (load, i) => {
                    await load.replaceOne({ _id: `analysis ${i}` }, { at: new Date() }, { upsert: true });
                    done();
                    if (!(await load.findOne({ _id: `analysis ${i}` }))) {
                        throw new Error("what was written is not there");
                    }
                    done();
                }),
        },
        mongoExpress: {
            credentials: () => inContainer(`${stack}-mongo-express`, "login"),
            work: async (password, done) => {
                const Authorization = `Basic ${btoa(`admin:${password}`)}`;
                await ask(`http://127.0.0.1:${mongoExpress}/db/power/data`, { Authorization });
                done();
            },
        },
        jupyter: {
            credentials: () => inContainer(`${stack}-jupyter`, "jupyter-token"),
            work: async (token, done) => {
                await ask(`http://127.0.0.1:${jupyter}/api/contents`, { Authorization: `token ${token}` });
                done();
            },
        },
    };
}

/** The secret of a consumer that was made last, as a container of the swarm finds it in its file. */
async function readSecret(stack: string, consumer: string): Promise<string> {
    const made = await docker(
        "secret",
        "ls",
        "--filter",
        `label=com.docker.stack.namespace=${stack}`,
        "--filter",
        `name=dev-documents-${consumer}-secret`,
        "--format",
        "{{.ID}}",
    );
    const times = await docker(
        "secret",
        "inspect",
        "--format",
        "{{.CreatedAt.UnixNano}} {{.Spec.Name}}",
        ...words(made),
    );
    const newest = times.split("\n").sort().at(-1)?.split(" ")[1];
    const image = ["--format", "{{.Spec.TaskTemplate.ContainerSpec.Image}}", `${stack}-jupyter`];
    const name = `${stack}-look-${Date.now()}`;
    await docker(
        "service",
        "create",
        "--name",
        name,
        "--quiet",
        "--detach=false",
        "--mode",
        "replicated-job",
        "--restart-condition",
        "none",
        "--secret",
        `source=${newest},target=it`,
        "--entrypoint",
        "cat /run/secrets/it",
        "--user",
        "0",
        await docker("service", "inspect", ...image),
    );
    try {
        return await docker("service", "logs", "--raw", name);
    } finally {
        // The engine may keep the container of a service that has ended and is removed.
        const containers = await docker("ps", "--all", "--quiet", "--filter", `name=${name}`);
        await docker("service", "rm", name);
        await docker("rm", "--force", ...words(containers)).catch(() => "gone");
    }
}

/** A secret's file in the newest container of a service. */
async function inContainer(service: string, file: string): Promise<string> {
    const filter = `label=com.docker.swarm.service.name=${service}`;
    const [newest = ""] = words(await docker("ps", "--quiet", "--filter", filter));
    return docker("exec", newest, "cat", `/run/secrets/${file}`);
}

/** Does not keep the other clients waiting. */
async function docker(...command: string[]): Promise<string> {
    try {
        return (await promisify(execFile)("docker", command)).stdout.trimEnd();
    } catch (error) {
        throw new Missing(`${error}`);
    }
}

function words(text: string): string[] {
    return text.split(/\s+/).filter(Boolean);
}

function atGateway(uri: string, port: number): string {
    return uri.replace("@mongo:27017", `@127.0.0.1:${port}`);
}

interface Load {
    _id: string;
    at: Date;
}

async function withCollection(
    uri: string,
    request: (load: Collection<Load>, i: number) => Promise<void>,
): Promise<void> {
    const client = new MongoClient(uri);
    try {
        for (let i = 0; i < ON_ONE; i++) {
            await request(client.db("power").collection<Load>("rotation_load"), i);
        }
    } catch (error) {
        // 13: not authorized any more, 18: authentication failed.
        throw [13, 18].includes((error as { code?: number }).code ?? 0) ? new Refused(`${error}`) : error;
    } finally {
        await client.close();
    }
}

/** A request on a connection of its own. */
function ask(url: string, headers: Record<string, string>): Promise<void> {
    return new Promise((done, failed) => {
        get(url, { headers, agent: false }, (answer) => {
            answer.resume().once("end", () => {
                const status = answer.statusCode ?? 0;
                if (status === 200) {
                    done();
                } else {
                    failed(
                        [401, 403].includes(status)
                            ? new Refused(`${status}`)
                            : new Error(`${url}: ${status}`),
                    );
                }
            });
        }).once("error", failed);
    });
}
