import { type ChildProcess, spawn } from "node:child_process";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Asked, demand, demandLabels, Refusal } from "./answer.ts";

const PROGRAM = join(import.meta.dirname, "lib/fake-gcs-server");

/**
 * Google Cloud Storage: fake-gcs-server, which holds the objects, behind what it lacks: it forgets labels, location and
 * access settings of buckets, and deletes those that are not empty. It knows neither users nor permissions.
 */
export class Storage {
    private readonly url: string;
    private readonly server: ChildProcess;
    /** What buckets were made with. */
    private readonly buckets = new Map<string, object>();

    private constructor(url: string, server: ChildProcess) {
        this.url = url;
        this.server = server;
    }

    /** @param address base URL under which clients reach it through `pass` */
    static async start(address: string): Promise<Storage> {
        const port = await freePort();
        const options = ["-backend", "memory", "-scheme", "http", "-host", "127.0.0.1", "-port", `${port}`];
        const server = spawn(PROGRAM, [...options, "-external-url", address, "-log-level", "warn"], {
            stdio: ["ignore", "ignore", "inherit"],
        });
        await new Promise((resolve, reject) => server.once("spawn", resolve).once("error", reject));
        const url = `http://127.0.0.1:${port}`;
        for (let attempt = 0; attempt < 100; attempt++, await sleep(50)) {
            if (await fetch(`${url}/storage/v1/b`).catch(() => undefined)) {
                return new Storage(url, server);
            }
        }
        server.kill();
        throw new Error("fake-gcs-server does not answer");
    }

    /** True for requests that are of buckets themselves, which `ofBuckets` answers. */
    static isOfBuckets(path: string): boolean {
        return /^\/storage\/v1\/b(\/[^/]+)?$/.test(path);
    }

    async ofBuckets({ method, path, query, body }: Asked): Promise<object> {
        const name: string = path.split("/")[4] ?? body.name;
        const kept = this.buckets.get(name);
        switch (method) {
            case "POST":
                demandLabels(body.labels);
                demand({ name: [body.name, /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/] });
                await this.ask("POST", `${path}?${query}`, { name });
                this.buckets.set(name, body);
                break;
            case "PATCH":
                demandLabels(body.labels);
                this.buckets.set(name, { ...kept, ...body });
                break;
            case "DELETE":
                if ((await this.objects(name)).length > 0) {
                    throw new Refusal(409, "The bucket you tried to delete is not empty.");
                }
                await this.ask("DELETE", path);
                this.buckets.delete(name);
                return {};
        }
        if (!name) {
            return this.ask("GET", `${path}?${query}`);
        }
        return { ...(await this.ask("GET", `/storage/v1/b/${name}`)), ...this.buckets.get(name) };
    }

    hasBucket(name: string): boolean {
        return this.buckets.has(name);
    }

    async makeBucket(name: string): Promise<void> {
        await this.ask("POST", "/storage/v1/b", { name }).catch(() => undefined);
    }

    /** Writes an object as a whole. */
    async write(bucket: string, name: string, content: Buffer): Promise<void> {
        const path = `/upload/storage/v1/b/${bucket}/o?uploadType=media&name=${encodeURIComponent(name)}`;
        const { ok, status } = await fetch(this.url + path, {
            method: "POST",
            body: new Uint8Array(content),
        });
        if (!ok) {
            throw new Refusal(status, `${bucket}/${name} could not be written`);
        }
    }

    /** Names of all objects of a bucket. */
    async objects(bucket: string): Promise<string[]> {
        const { items = [] } = await this.ask<{ items?: { name: string }[] }>(
            "GET",
            `/storage/v1/b/${bucket}/o`,
        );
        return items.map(({ name }) => name);
    }

    /** Hands a request on as it is. */
    pass(from: IncomingMessage, to: ServerResponse): void {
        const call = request(
            this.url + from.url,
            { method: from.method, headers: from.headers },
            (answer) => {
                to.writeHead(answer.statusCode ?? 502, answer.headers);
                answer.pipe(to);
            },
        );
        call.on("error", () => to.destroy());
        from.pipe(call);
    }

    stop(): void {
        this.server.kill();
    }

    private async ask<T = object>(method: string, path: string, body?: object): Promise<T> {
        const answer = await fetch(this.url + path, { method, body: body && JSON.stringify(body) });
        const text = await answer.text();
        if (!answer.ok) {
            throw new Refusal(answer.status, text || answer.statusText);
        }
        return (text ? JSON.parse(text) : {}) as T;
    }
}

function freePort(): Promise<number> {
    return new Promise((resolve, reject) => {
        const server = createServer().once("error", reject);
        server.listen(0, "127.0.0.1", () => {
            const { port } = server.address() as { port: number };
            server.close(() => resolve(port));
        });
    });
}
