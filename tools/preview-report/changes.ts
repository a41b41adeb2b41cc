// The changes of a pull request: it compares the steps of the previews of base and head.
import { isDeepStrictEqual } from "node:util";
import type { Operation, Preview, Step } from "./preview.ts";
import { compare, type PropertyChange } from "./properties.ts";

export interface Change {
    urn: string;
    type: string;
    name: string;
    operation: Operation;
    /** Whether `operation` may be a replacement instead of an update, because the provider was not asked. */
    unsure: boolean;
    properties: PropertyChange[];
    step: Step;
}

export interface StackChanges {
    /** Most important first. */
    changes: Change[];
    /** Number of changes that are due without the pull request; they do not count as its own. */
    pending: number;
    /** Whether the changes are relative to a deployment; false if two plans of an empty stack are compared. */
    deployed: boolean;
}

/**
 * @param base the preview without the changes; `undefined` to count everything that `head` would do
 * @param answers the providers' answers about the changes if nothing is deployed; see ask.ts
 */
export function changesOf(head: Preview, base?: Preview, answers?: Preview): StackChanges {
    if (base && !base.deployed && !head.deployed) {
        return { changes: between(base, head, answers), pending: 0, deployed: false };
    }
    const due = [...head.steps.values()].filter((step) => step.operation !== "same");
    const own = due.filter((step) => !isSameStep(step, base?.steps.get(step.urn)));
    // What the base already asks for is not a change of the pull request.
    const changes = own.map((step) =>
        changeBy(
            { ...step, before: base?.steps.get(step.urn)?.after ?? step.before },
            step.operation as Operation,
        ),
    );
    return { changes: sorted(changes), pending: due.length - own.length, deployed: true };
}

/** Compares two plans of an empty stack; each would create everything. */
function between(base: Preview, head: Preview, answers?: Preview): Change[] {
    const changes: Change[] = [];
    for (const [urn, after] of head.steps) {
        const before = base.steps.get(urn);
        if (!before) {
            changes.push(changeBy(after, "create"));
        } else if (!isDeepStrictEqual(before.after, after.after)) {
            changes.push(answered({ ...after, before: before.after, touched: new Map() }, answers));
        }
    }
    for (const [urn, before] of base.steps) {
        if (!head.steps.has(urn)) {
            changes.push(changeBy({ ...before, before: before.after, after: undefined }, "delete"));
        }
    }
    return sorted(changes);
}

function answered(step: Step, answers?: Preview): Change {
    const answer = answers?.steps.get(step.urn);
    const change = changeBy({ ...step, touched: answer?.touched ?? step.touched }, "update");
    const replaced = change.properties.some(({ replaces }) => replaces);
    return { ...change, operation: replaced ? "replace" : "update", unsure: !answer };
}

function changeBy(step: Step, operation: Operation): Change {
    const { urn, type, name, before, after, touched } = step;
    const properties =
        operation === "update" || operation === "replace" ? compare(before, after, touched) : [];
    return { urn, type, name, operation, unsure: false, properties, step };
}

function isSameStep(step: Step, other: Step | undefined): boolean {
    return step.operation === other?.operation && isDeepStrictEqual(step.after, other.after);
}

const ORDER: Operation[] = ["replace", "delete", "update", "create"];

function sorted(changes: Change[]): Change[] {
    return changes.sort((a, b) => ORDER.indexOf(a.operation) - ORDER.indexOf(b.operation));
}
