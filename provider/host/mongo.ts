import { join } from "node:path";
import { MongoClient } from "mongodb";
import { StartError, startDaemon } from "./daemon.ts";
import type { ProcessId } from "./process.ts";
import { embeddedMongoClassPath, javaHome } from "./tools.ts";

/** A server on this machine and its port on 127.0.0.1. */
export interface ServerProcess extends ProcessId {
    port: number;
}

/** Heap of the server: the sample needs 60 MB, and the store reads the rest from its file. */
const HEAP = "512m";

/**
 * Starts the embedded server on the data in a folder, detached, so that it outlives this process.
 *
 * @param port 0 for any free port
 * @param elsewhere whether the server may use any free port if that port is taken
 * @param started called as soon as the process runs, so that it can be found again after any failure
 * @throws with the server's last lines when it does not listen in time
 */
export async function startServer(
    dataDir: string,
    port: number,
    elsewhere: boolean,
    started: (process: ProcessId) => Promise<void>,
): Promise<ServerProcess> {
    const [java, classPath] = [join(await javaHome(), "bin/java"), await embeddedMongoClassPath()];
    const log = join(dataDir, "server.log");
    const args = ["-cp", classPath, "EmbeddedMongo", join(dataDir, "data.h2"), `${port}`];
    const server = { command: java, args: [`-Xmx${HEAP}`, ...args], cwd: dataDir, env: { LANG: "C.UTF-8" } };
    try {
        const listening = /^listening \S+:(\d+)$/m;
        const { process, found } = await startDaemon({ ...server, output: log }, started, listening);
        return { ...process, port: Number(found[1]) };
    } catch (error) {
        if (!(error instanceof StartError)) {
            throw error;
        }
        const taken = error.said.includes("BindException");
        if (elsewhere && port !== 0 && taken) {
            return startServer(dataDir, 0, false, started);
        }
        throw new Error(`the embedded MongoDB server${taken ? hint(port) : ""} ${error.message}`);
    }
}

/** True if a server with MongoDB's protocol answers on a port of 127.0.0.1. */
export async function answers(port: number): Promise<boolean> {
    const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
        serverSelectionTimeoutMS: 5000,
    });
    try {
        await client.db("admin").command({ ping: 1 });
        return true;
    } catch {
        return false;
    } finally {
        await client.close();
    }
}

function hint(port: number): string {
    return `, whose port ${port} is taken (let it find a free one: pulumi config rm london-power:mongoPort),`;
}
