import { type ClientRequest, type IncomingMessage, type RequestOptions, request } from "node:http";
import type { Socket } from "node:net";
import { json, text } from "node:stream/consumers";
import { SshConnection } from "./ssh.ts";

/** The answer of an engine that refuses or fails a request. */
export class DockerError extends Error {
    readonly status: number;

    constructor(status: number, message: string) {
        super(`the Docker engine says: ${message}`);
        this.status = status;
    }
}

/** The HTTP interface of a Docker engine, without the docker command. */
export class DockerEngine {
    private readonly address: RequestOptions;

    /** @param host as in DOCKER_HOST: unix:///path, tcp://host:port or ssh://user@host */
    constructor(host: string) {
        this.address = addressOf(host);
    }

    get<T>(path: string, filters?: Record<string, string[]>): Promise<T> {
        const query = filters ? `?filters=${encodeURIComponent(JSON.stringify(filters))}` : "";
        return this.ask("GET", path + query).then((answer) => json(answer) as Promise<T>);
    }

    post<T>(path: string, body?: unknown): Promise<T | undefined> {
        return this.ask("POST", path, body).then(async (answer) => {
            const content = await text(answer);
            return content ? (JSON.parse(content) as T) : undefined;
        });
    }

    /** Succeeds if the object does not exist or is being removed. */
    async delete(path: string): Promise<void> {
        try {
            (await this.ask("DELETE", path)).resume();
        } catch (error) {
            if (!isGone(error) && !(error instanceof DockerError && error.status === 409)) {
                throw error;
            }
        }
    }

    /** True if the path exists. */
    async has(path: string): Promise<boolean> {
        try {
            (await this.ask("HEAD", path)).resume();
            return true;
        } catch (error) {
            if (isGone(error)) {
                return false;
            }
            throw error;
        }
    }

    /** An answer as a stream. */
    stream(path: string, signal?: AbortSignal): Promise<IncomingMessage> {
        return this.ask("GET", path, undefined, signal);
    }

    /** Sends the output of `write`. */
    async put(path: string, type: string, write: (to: ClientRequest) => Promise<void>): Promise<void> {
        const answer = await this.send("PUT", path, type, write);
        answer.resume();
    }

    private ask(method: string, path: string, body?: unknown, signal?: AbortSignal) {
        const write = async (to: ClientRequest) => {
            to.end(body === undefined ? undefined : JSON.stringify(body));
        };
        return this.send(method, path, "application/json", write, signal);
    }

    private async send(
        method: string,
        path: string,
        type: string,
        write: (to: ClientRequest) => Promise<void>,
        signal?: AbortSignal,
    ): Promise<IncomingMessage> {
        const headers = { "Content-Type": type, Host: "docker" };
        const call = request({ ...this.address, method, path: `/v1.41${path}`, headers, signal });
        const answered = new Promise<IncomingMessage>((resolve, reject) =>
            // A connection that breaks may report it more than once.
            call.once("response", resolve).on("error", reject),
        );
        // Both may fail; the answer explains more than the interrupted write.
        await Promise.race([answered, write(call)]);
        const answer = await answered;
        if ((answer.statusCode ?? 500) < 400) {
            return answer;
        }
        throw new DockerError(answer.statusCode ?? 500, messageOf(await text(answer), answer));
    }
}

function addressOf(host: string): RequestOptions {
    const url = new URL(host);
    switch (url.protocol) {
        case "unix:":
            return { socketPath: decodeURIComponent(url.pathname) };
        case "tcp:":
            return { host: url.hostname, port: url.port };
        case "ssh:":
            return { createConnection: () => new SshConnection(url) as unknown as Socket };
        default:
            throw new Error(
                `the Docker engine is at ${host}, and not at a unix://, tcp:// or ssh:// address`,
            );
    }
}

/** True for the error that an object does not exist. */
export function isGone(error: unknown): boolean {
    return error instanceof DockerError && error.status === 404;
}

function messageOf(body: string, answer: IncomingMessage): string {
    try {
        return (JSON.parse(body) as { message: string }).message;
    } catch {
        return body || `${answer.statusCode} ${answer.statusMessage}`;
    }
}
