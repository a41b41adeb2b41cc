// What a pull request changes: the steps of the previews of base and head, against each other.
import { isDeepStrictEqual } from "node:util";
import type { Operation, Preview, Step } from "./preview.ts";
import { compare, type PropertyChange } from "./properties.ts";

export interface Change {
    urn: string;
    type: string;
    name: string;
    operation: Operation;
    /** True where only the provider could tell whether `operation` is an update or a replacement, and was not asked. */
    unsure: boolean;
    properties: PropertyChange[];
    step: Step;
}

export interface StackChanges {
    /** Most important first. */
    changes: Change[];
    /** What is to be done already without the pull request, and not counted as its own. */
    pending: number;
    /** True where it is measured against what is deployed, false where two plans from nothing are compared. */
    deployed: boolean;
}

/**
 * @param base the preview without the changes; `undefined` to count all that `head` would do
 * @param answers what the providers say of the changes where nothing is deployed; see ask.ts
 */
export function changesOf(head: Preview, base?: Preview, answers?: Preview): StackChanges {
    if (base && !base.deployed && !head.deployed) {
        return { changes: between(base, head, answers), pending: 0, deployed: false };
    }
    const due = [...head.steps.values()].filter((step) => step.operation !== "same");
    const own = due.filter((step) => !isSameStep(step, base?.steps.get(step.urn)));
    // What the base asks for already is no change of the pull request's.
    const changes = own.map((step) =>
        changeBy(
            { ...step, before: base?.steps.get(step.urn)?.after ?? step.before },
            step.operation as Operation,
        ),
    );
    return { changes: sorted(changes), pending: due.length - own.length, deployed: true };
}

/** Two plans from nothing: everything would be created, so that the plans themselves are compared. */
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
