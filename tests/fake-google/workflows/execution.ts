import { setTimeout as sleep } from "node:timers/promises";
import { type Scope, workOut } from "./expression.ts";
import type { Routine, Source, Step } from "./source.ts";

/** Google's second, in milliseconds: nobody here wants to wait for it. */
const SECOND = 20;
/** Answers of HTTP after which `http.default_retry` asks again, and how often it does. */
const PASSING = [429, 502, 503, 504];
const ATTEMPTS = 5;

/** Runs a workflow, in the way of Google Workflows, as far as `source.ts` lets one in. */
export class Execution {
    private readonly source: Source;
    private readonly signal: AbortSignal;

    constructor(source: Source, signal: AbortSignal) {
        this.source = source;
        this.signal = signal;
    }

    /** @throws {Error} what the workflow raises, or does wrong */
    async run(routine: Routine, scope: Scope): Promise<void> {
        const names = routine.steps.map((step) => Object.keys(step)[0]);
        for (let at = 0; at < routine.steps.length; ) {
            this.signal.throwIfAborted();
            const step = Object.values(routine.steps[at] as Record<string, Step>)[0] as Step;
            const next = (await this.step(step, scope)) ?? step.next;
            at = next === undefined ? at + 1 : next === "end" ? routine.steps.length : names.indexOf(next);
        }
    }

    /** The next step; `undefined` for the following one. */
    private async step(step: Step, scope: Scope): Promise<string | undefined> {
        for (const assigned of step.assign ?? []) {
            Object.assign(scope, workOut(assigned, scope));
        }
        if (step.try) {
            await this.retried(step.try, scope);
        }
        if (step.call) {
            const result = await this.call(step.call, workOut(step.args, scope) as Scope);
            if (step.result) {
                scope[step.result] = result;
            }
        }
        if (step.raise !== undefined) {
            throw new Error(`${workOut(step.raise, scope)}`);
        }
        return step.switch?.find(({ condition }) => workOut(condition, scope) === true)?.next;
    }

    private async retried(step: Step, scope: Scope): Promise<void> {
        for (let attempt = 1; ; attempt++) {
            try {
                await this.step(step, scope);
                return;
            } catch (error) {
                if (!PASSING.includes((error as { code?: number }).code ?? 0) || attempt === ATTEMPTS) {
                    throw error;
                }
                await this.pause(attempt);
            }
        }
    }

    private async call(what: string, args: Scope): Promise<unknown> {
        if (what === "sys.sleep") {
            return this.pause(args.seconds as number);
        }
        if (what in this.source) {
            return this.run(this.source[what] as Routine, { ...args });
        }
        const query = new URLSearchParams((args.query ?? {}) as Record<string, string>);
        const answer = await fetch(`${args.url}${query.size > 0 ? `?${query}` : ""}`, {
            method: what === "http.post" ? "POST" : "GET",
            body: args.body === undefined ? undefined : JSON.stringify(args.body),
        });
        const body = await answer.json();
        if (!answer.ok) {
            const said = `HTTP server responded with error code ${answer.status}: ${JSON.stringify(body)}`;
            throw Object.assign(new Error(said), { code: answer.status });
        }
        return { code: answer.status, body };
    }

    private async pause(seconds: number): Promise<void> {
        await sleep(seconds * SECOND, undefined, { signal: this.signal }).catch(() =>
            this.signal.throwIfAborted(),
        );
    }
}
