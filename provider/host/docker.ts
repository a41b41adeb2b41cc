import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { json, text } from "node:stream/consumers";

/** What the engine answers when it does not do what it was asked. */
export class DockerError extends Error {
    readonly status: number;

    constructor(status: number, message: string) {
        super(`the Docker engine says: ${message}`);
        this.status = status;
    }
}

/** The HTTP interface of a Docker engine, without the docker command. */
export class DockerEngine {
    private readonly address: { socketPath: string } | { host: string; port: string };

    /** @param host as in DOCKER_HOST: unix:///path or tcp://host:port */
    constructor(host: string) {
        const { protocol, pathname, hostname, port } = new URL(host);
        if (protocol !== "unix:" && protocol !== "tcp:") {
            throw new Error(
                `the Docker engine is at ${host}, and jobs are run through unix:// and tcp:// only. ` +
                    "Forward its socket, and name that: " +
                    "ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock user@host; DOCKER_HOST=unix:///tmp/docker.sock",
            );
        }
        this.address = protocol === "unix:" ? { socketPath: pathname } : { host: hostname, port };
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

    /** No error where it was gone already, or is going. */
    async delete(path: string): Promise<void> {
        try {
            (await this.ask("DELETE", path)).resume();
        } catch (error) {
            if (!isGone(error) && !(error instanceof DockerError && error.status === 409)) {
                throw error;
            }
        }
    }

    /** True where the path is there. */
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

    /** An answer that is read as it comes. */
    stream(path: string, signal?: AbortSignal): Promise<IncomingMessage> {
        return this.ask("GET", path, undefined, signal);
    }

    /** Sends what `write` writes. */
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
            call.once("response", resolve).once("error", reject),
        );
        // Both may fail, and the answer says more than the write that it cut short.
        await Promise.race([answered, write(call)]);
        const answer = await answered;
        if ((answer.statusCode ?? 500) < 400) {
            return answer;
        }
        throw new DockerError(answer.statusCode ?? 500, messageOf(await text(answer), answer));
    }
}

/** True for the error that says that there is no such thing. */
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
