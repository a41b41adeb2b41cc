import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { endDaemon, findDaemon } from "../host/daemon.ts";
import { readJson, writeAtomically } from "../host/files.ts";
import { answers, type ServerProcess, startServer } from "../host/mongo.ts";
import { isInWorkspace, requireWorkspace } from "../host/workspace.ts";
import type { ResourceKind } from "../rpc/kind.ts";

export interface MongoServerInputs {
    dataDir: string;
    port: number;
}

export interface MongoServerOutputs {
    uri: string;
    port: number;
    pid: number;
    generation: string;
    log: string;
}

/** The record in a server's folder, by which it is found again: the process and the generation of the data. */
interface ServerRecord extends ServerProcess {
    /** 0 until it listens. */
    port: number;
    generation: string;
}

/** Time that the server gets to write its data and end, in milliseconds. */
const GRACE = 20_000;

/** The embedded server with MongoDB's protocol, a process of this machine that outlives the deployment. */
export const mongoServer: ResourceKind<MongoServerInputs, MongoServerOutputs> = {
    outputs: ["uri", "port", "pid", "generation", "log"],

    check({ port }) {
        return typeof port !== "number" || (Number.isInteger(port) && port >= 0 && port <= 65535)
            ? []
            : [
                  {
                      property: "port",
                      reason: `${port} is not a port: use a whole number from 1 to 65535, or 0 for any free port`,
                  },
              ];
    },

    async diff({ oldInputs, inputs }) {
        if (oldInputs.dataDir !== inputs.dataDir) {
            return { properties: ["dataDir"], replaces: ["dataDir"] };
        }
        if (oldInputs.port !== inputs.port) {
            return { properties: ["port"], reason: "the server is started again on another port" };
        }
        return (await running(inputs.dataDir))
            ? undefined
            : {
                  properties: ["pid"],
                  reason: "the server does not answer: it is started again on the same data",
              };
    },

    planned: async () => ({}),

    async create(inputs, context) {
        await requireWorkspace(inputs.dataDir);
        context.progress("starting the server");
        return { id: inputs.dataDir, outputs: await ensure(inputs) };
    },

    async read(id, outputs) {
        // A dead server still has its data. The next update starts it.
        const record = await readJson<ServerRecord>(recordIn(id));
        return record && { ...outputs, ...describe(id, record) };
    },

    async update({ inputs, oldInputs }, context) {
        await requireWorkspace(inputs.dataDir);
        if (oldInputs.port !== inputs.port) {
            await endDaemon(recordIn(inputs.dataDir), GRACE);
        }
        context.progress("starting the server");
        return ensure(inputs);
    },

    async delete(id) {
        if (await isInWorkspace(id)) {
            await endDaemon(recordIn(id), GRACE);
            await rm(id, { recursive: true, force: true });
        }
    },
};

/** Finds the running server of these data, or starts it, on its old port if that port is free. */
async function ensure({ dataDir, port }: MongoServerInputs): Promise<MongoServerOutputs> {
    const found = await running(dataDir);
    if (found) {
        return describe(dataDir, found);
    }
    const before = await readJson<ServerRecord>(recordIn(dataDir));
    await mkdir(dataDir, { recursive: true });
    await endDaemon(recordIn(dataDir), GRACE);
    const generation = before?.generation ?? randomUUID();
    const save = (record: ServerRecord) =>
        writeAtomically(recordIn(dataDir), JSON.stringify(record, null, 2));
    const server = await startServer(dataDir, port || before?.port || 0, port === 0, (process) =>
        save({ ...process, port: 0, generation }),
    );
    await save({ ...server, generation });
    return describe(dataDir, { ...server, generation });
}

async function running(dataDir: string): Promise<ServerRecord | undefined> {
    const found = await findDaemon<ServerRecord>(recordIn(dataDir));
    return found && found.port > 0 && (await answers(found.port)) ? found : undefined;
}

function describe(dataDir: string, { port, pid, generation }: ServerRecord): MongoServerOutputs {
    // The server supports neither sessions nor retryable writes.
    const uri = `mongodb://127.0.0.1:${port}/?retryWrites=false&directConnection=true`;
    return { uri, port, pid, generation, log: join(dataDir, "server.log") };
}

function recordIn(dataDir: string): string {
    return join(dataDir, "server.json");
}
