import { setTimeout as sleep } from "node:timers/promises";
import type { GoogleAuth } from "google-auth-library";

/** Temporary errors, which a later attempt may not get: too many requests, and trouble on Google's side. */
const PASSING = [429, 500, 502, 503, 504];
const ATTEMPTS = 5;

/** Google's answer to a request that it refuses or fails. */
export class GoogleError extends Error {
    readonly status: number;

    constructor(status: number, message: string) {
        super(`Google Cloud says: ${message}`);
        this.status = status;
    }
}

/** Google's APIs over HTTP, with the Application Default Credentials of this machine. */
export class Google {
    private readonly endpoint: string;
    private auth?: GoogleAuth;

    /** @param endpoint base URL of a server in place of Google's, which needs no credentials; "" for Google's own */
    constructor(endpoint: string) {
        this.endpoint = endpoint.replace(/\/$/, "");
    }

    /** @param service host name without the domain, such as `dataproc` */
    url(service: string, path: string): string {
        return `${this.endpoint || `https://${service}.googleapis.com`}${path}`;
    }

    /** @throws {GoogleError} */
    get<T>(url: string): Promise<T> {
        return this.ask("GET", url) as Promise<T>;
    }

    /** Returns `undefined` if the object does not exist.
     *
     * @throws {GoogleError} for any other error */
    async find<T>(url: string): Promise<T | undefined> {
        try {
            return await this.get<T>(url);
        } catch (error) {
            if (isMissing(error)) {
                return undefined;
            }
            throw error;
        }
    }

    /** Only for requests that may be repeated, such as those with a request id.
     *
     * @throws {GoogleError} */
    post<T>(url: string, body: object = {}): Promise<T> {
        return this.ask("POST", url, body) as Promise<T>;
    }

    private async ask(method: string, url: string, body?: object): Promise<unknown> {
        for (let attempt = 1; ; attempt++) {
            const answer = await this.send(method, url, body).catch((error: Error) => error);
            const passing = answer instanceof Error || PASSING.includes(answer.status);
            if (answer instanceof GoogleError) {
                throw answer;
            } else if (passing && attempt < ATTEMPTS) {
                await sleep(2 ** attempt * 250);
            } else if (answer instanceof Error) {
                throw new Error(`${new URL(url).host} cannot be reached: ${answer.cause ?? answer.message}`);
            } else if (answer.ok) {
                return answer.json();
            } else {
                throw new GoogleError(answer.status, messageOf(await answer.text(), answer));
            }
        }
    }

    private async send(method: string, url: string, body?: object): Promise<Response> {
        const headers = this.endpoint ? new Headers() : await this.credentials(url);
        headers.set("Content-Type", "application/json");
        return fetch(url, { method, headers, body: body && JSON.stringify(body) });
    }

    private async credentials(url: string): Promise<Headers> {
        try {
            const { GoogleAuth } = await import("google-auth-library");
            this.auth ??= new GoogleAuth({ scopes: "https://www.googleapis.com/auth/cloud-platform" });
            return await this.auth.getRequestHeaders(url);
        } catch (error) {
            throw new GoogleError(
                401,
                `${(error as Error).message} Log in: gcloud auth application-default login`,
            );
        }
    }
}

/** True for the error that an object does not exist. */
export function isMissing(error: unknown): boolean {
    return error instanceof GoogleError && error.status === 404;
}

function messageOf(body: string, answer: Response): string {
    try {
        return (JSON.parse(body) as { error: { message: string } }).error.message;
    } catch {
        return body || `${answer.status} ${answer.statusText}`;
    }
}
