// The content of the report on one stack, in any format.
import { type Change, changesOf } from "./changes.ts";
import { costsOf } from "./cost.ts";
import { type Forecast, forecastOf } from "./forecast.ts";
import { type JobRun, jobRuns } from "./jobs.ts";
import type { Operation, Preview } from "./preview.ts";
import { maskedText } from "./properties.ts";
import { lostBy } from "./stateful.ts";

export interface StackReport {
    stack: string;
    counts: Record<Operation, number>;
    /** The changes that delete data, with the lost data. */
    losses: { change: Change; what: string }[];
    jobs: JobRun[];
    costs: { name: string; what: string }[];
    /** Cost of the stack by list price, after the changes and before; absent if no price is known. */
    forecast?: Forecast;
    forecastBefore?: Forecast;
    /** All changes; those that delete data come first. */
    changes: Change[];
    pending: number;
    deployed: boolean;
    /** Errors, and warnings of the program or a provider. */
    errors: string[];
    warnings: string[];
}

export const OPERATIONS: Operation[] = ["create", "update", "replace", "delete"];

/** @see changesOf */
export function reportOn(stack: string, head: Preview, base?: Preview, answers?: Preview): StackReport {
    const { changes, pending, deployed } = changesOf(head, base, answers);
    const losses = changes.flatMap((change) => {
        const what = lostBy(change);
        return what ? [{ change, what }] : [];
    });
    const losing = losses.map(({ change }) => change);
    const said = (severity: string) => [
        ...new Set(
            head.messages
                .filter((message) => message.severity === severity)
                .map(({ text }) => maskedText(text)),
        ),
    ];
    return {
        stack,
        counts: Object.fromEntries(
            OPERATIONS.map((operation) => [
                operation,
                changes.filter((c) => c.operation === operation).length,
            ]),
        ) as Record<Operation, number>,
        losses,
        jobs: jobRuns(changes, head.messages).map(({ name, why }) => ({ name, why: maskedText(why) })),
        costs: costsOf(changes),
        forecast: forecastOf(head),
        forecastBefore: base && forecastOf(base),
        changes: [...losing, ...changes.filter((change) => !losing.includes(change))],
        pending,
        deployed,
        errors: said("error"),
        warnings: said("warning"),
    };
}

/** Returns a short form of a type: `docker Volume` for `docker:index/volume:Volume`. */
export function kindOf(type: string): string {
    const [provider, , name] = type.split(":");
    return `${provider} ${name}`;
}
