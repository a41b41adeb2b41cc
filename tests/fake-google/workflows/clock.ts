import { randomUUID } from "node:crypto";
import { type Asked, demandKnown, Refusal } from "../answer.ts";
import type { Collections } from "../rest/collections.ts";
import type { Thing } from "../rest/kinds.ts";
import { Execution } from "./execution.ts";
import { checkSource } from "./source.ts";

interface Run {
    name: string;
    state: string;
    error?: { payload: string };
    cancel: AbortController;
}

const EXECUTIONS =
    /^\/v1\/(projects\/[^/]+\/locations\/[^/]+\/workflows\/[^/:]+)\/executions(?:\/([^/:]+)(:cancel)?)?$/;
const JOB = /^\/v1\/(projects\/[^/]+\/locations\/[^/]+\/jobs\/[^/:]+):run$/;
const FILTER = /^(state="[A-Z]+"( OR state="[A-Z]+")*)?$/;

/** Cloud Scheduler's jobs, which run when they are told to and not by a clock, and the executions of Google Workflows. */
export class Clock {
    private readonly collections: Collections;
    private readonly runs = new Map<string, Run>();

    constructor(collections: Collections) {
        this.collections = collections;
    }

    /** The answer; `undefined` where the path is none of these. */
    async answer({ method, path, query, body }: Asked): Promise<object | undefined> {
        const [, job] = JOB.exec(path) ?? [];
        if (job && method === "POST") {
            return fire(this.found(job));
        }
        const [, workflow, id, cancel] = EXECUTIONS.exec(path) ?? [];
        if (!workflow) {
            return undefined;
        }
        const { sourceContents } = this.found(workflow);
        const prefix = `${workflow}/executions/`;
        if (!id && method === "POST") {
            demandKnown(body, ["argument", "callLogLevel", "labels", "executionHistoryLevel"]);
            return this.start(`${prefix}${randomUUID()}`, sourceContents);
        }
        if (!id) {
            const filter = query.get("filter") ?? "";
            if (!FILTER.test(filter)) {
                throw new Refusal(400, `invalid filter: ${filter}`);
            }
            const all = [...this.runs.values()].filter(({ name }) => name.startsWith(prefix));
            const wanted = all.filter(({ state }) => !filter || filter.includes(`"${state}"`));
            return { executions: wanted.map(viewOf) };
        }
        const run = this.runs.get(prefix + id);
        if (!run) {
            throw new Refusal(404, `Requested entity was not found: ${prefix}${id}`);
        }
        if (cancel && run.state !== "ACTIVE") {
            throw new Refusal(400, `Execution ${run.name} is ${run.state}`);
        }
        if (cancel) {
            run.state = "CANCELLED";
            run.cancel.abort(new Error("cancelled"));
        }
        return viewOf(run);
    }

    stop(): void {
        for (const { cancel } of this.runs.values()) {
            cancel.abort(new Error("stopped"));
        }
    }

    private start(name: string, text: string): object {
        const run: Run = { name, state: "ACTIVE", cancel: new AbortController() };
        this.runs.set(name, run);
        const source = checkSource(text);
        new Execution(source, run.cancel.signal).run(source.main as (typeof source)[string], {}).then(
            () => {
                run.state = "SUCCEEDED";
            },
            (error: Error) => {
                if (run.state === "ACTIVE") {
                    run.state = "FAILED";
                    run.error = { payload: error.message };
                }
            },
        );
        return viewOf(run);
    }

    private found(name: string): Thing {
        const [thing] = this.collections.matching(new RegExp(`^/v1/${name}$`));
        if (!thing) {
            throw new Refusal(404, `Requested entity was not found: ${name}`);
        }
        return thing;
    }
}

/** Asks for what a job of the scheduler asks for. */
async function fire({ name, httpTarget }: Thing): Promise<object> {
    const { uri, httpMethod, headers, body, oauthToken } = httpTarget;
    if (!oauthToken?.serviceAccountEmail) {
        throw new Refusal(400, `${name} has no account to ask with`);
    }
    const answer = await fetch(uri, { method: httpMethod, headers, body: Buffer.from(body, "base64") });
    return { name, status: answer.ok ? {} : { code: answer.status, message: await answer.text() } };
}

function viewOf({ cancel, ...run }: Run): object {
    return run;
}
