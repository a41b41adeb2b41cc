import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";

/** An answer of Google's that says no. */
export class Refusal extends Error {
    readonly code: number;

    constructor(code: number, message: string) {
        super(message);
        this.code = code;
    }
}

/** What a request asks for, as far as the interfaces here go by it. */
export interface Asked {
    method: string;
    path: string;
    query: URLSearchParams;
    // biome-ignore lint/suspicious/noExplicitAny: each interface knows what it takes.
    body: any;
}

export async function askedBy(request: IncomingMessage): Promise<Asked> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://fake");
    const body = Number(request.headers["content-length"] ?? 0) > 0 ? await json(request) : {};
    return { method: request.method ?? "GET", path: decodeURIComponent(pathname), query: searchParams, body };
}

export function answer(response: ServerResponse, content: object): void {
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(content));
}

/** In the form that Google's errors have. */
export function refuse(response: ServerResponse, error: unknown): void {
    const code = error instanceof Refusal ? error.code : 500;
    const { message } = error as Error;
    response.writeHead(code, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ error: { code, message, errors: [{ message }] } }));
}

/** @throws {Refusal} naming the first of the fields that is missing or does not match */
export function demand(fields: Record<string, [value: unknown, pattern: RegExp]>): void {
    for (const [name, [value, pattern]] of Object.entries(fields)) {
        if (typeof value !== "string" || !pattern.test(value)) {
            throw new Refusal(400, `Invalid value for ${name}: ${JSON.stringify(value)}`);
        }
    }
}

/** @throws {Refusal} in Google's words, for a field that the interface does not have */
export function demandKnown(given: object, fields: string[]): void {
    const wrong = Object.keys(given).find((field) => !fields.includes(field));
    if (wrong) {
        throw new Refusal(400, `Invalid JSON payload received. Unknown name "${wrong}": Cannot find field.`);
    }
}

/** @throws {Refusal} for labels that Google does not take */
export function demandLabels(labels: Record<string, string> = {}): void {
    for (const [key, value] of Object.entries(labels)) {
        demand({
            "label key": [key, /^[a-z][a-z0-9_-]{0,62}$/],
            [`label ${key}`]: [value, /^[a-z0-9_-]{0,63}$/],
        });
    }
}
