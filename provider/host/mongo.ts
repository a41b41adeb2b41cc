import { spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { identify, isAlive, type ProcessId, stop } from "./process.ts";
import { embeddedMongoClassPath, javaHome } from "./tools.ts";

/** A server of this machine and where it listens, on the loopback address. */
export interface ServerProcess extends ProcessId {
    port: number;
}

/** How long the server may take to listen, in milliseconds; 1 s is usual. */
const START = 30_000;

/** Heap of the server: the sample needs 60 MB of it, the store pages the rest from its file. */
const HEAP = "512m";

/**
 * Starts the embedded server on the data in a folder, detached, so that it outlives this process.
 *
 * @param port 0 for any free one
 * @param elsewhere whether any free port will do when that one is taken
 * @param started called as soon as the process runs, so that it can be found again whatever happens next
 * @throws with the server's last lines when it does not come to listen
 */
export async function startServer(
    dataDir: string,
    port: number,
    elsewhere: boolean,
    started: (process: ProcessId) => Promise<void>,
): Promise<ServerProcess> {
    const [java, classPath] = [join(await javaHome(), "bin/java"), await embeddedMongoClassPath()];
    const log = join(dataDir, "server.log");
    const output = await open(log, "w");
    const server = spawn(
        java,
        [`-Xmx${HEAP}`, "-cp", classPath, "EmbeddedMongo", join(dataDir, "data.h2"), `${port}`],
        { cwd: dataDir, env: { LANG: "C.UTF-8" }, detached: true, stdio: ["ignore", output.fd, output.fd] },
    );
    try {
        await new Promise((resolve, reject) => server.once("spawn", resolve).once("error", reject));
    } finally {
        await output.close();
    }
    server.unref();
    const process = await identify(server.pid as number);
    await started(process);
    for (const deadline = Date.now() + START; Date.now() < deadline; await sleep(100)) {
        const said = await readFile(log, "utf8");
        const listening = /^listening \S+:(\d+)$/m.exec(said)?.[1];
        if (listening) {
            return { ...process, port: Number(listening) };
        }
        if (!(await isAlive(process))) {
            if (elsewhere && port !== 0 && said.includes("BindException")) {
                return startServer(dataDir, 0, false, started);
            }
            throw new Error(
                `the embedded MongoDB server did not start${hint(said, port)}\nlog: ${log}\n${lastLines(said)}`,
            );
        }
    }
    await stop(process, 1000);
    throw new Error(`the embedded MongoDB server did not listen within ${START / 1000} s\nlog: ${log}`);
}

/** True where a MongoDB-protocol server answers on a loopback port. */
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

function hint(said: string, port: number): string {
    return said.includes("BindException")
        ? `: port ${port} is taken; let it find a free one: pulumi config rm london-power:mongoPort`
        : "";
}

function lastLines(text: string): string {
    return text.trimEnd().split("\n").slice(-10).join("\n");
}
