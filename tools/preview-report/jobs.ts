// The jobs that would run, with the reasons.
import { isDeepStrictEqual } from "node:util";
import { changedCauses, type SparkRunInputs } from "../../provider/kinds/sparkRun.ts";
import type { Change } from "./changes.ts";
import type { Message } from "./preview.ts";

const JOB = "london-power:spark:SparkRun";
/** The provider's message about a run that has to be repeated; see `diff` in provider/kinds/sparkRun.ts. */
const AGAIN = "runs again: ";

export interface JobRun {
    name: string;
    why: string;
}

export function jobRuns(changes: Change[], messages: Message[]): JobRun[] {
    return changes
        .filter(({ type }) => type === JOB)
        .flatMap((change) => {
            const why = reason(change, messages);
            return why ? [{ name: change.name, why }] : [];
        });
}

function reason({ urn, operation, step }: Change, messages: Message[]): string | undefined {
    if (operation === "create") {
        return "it is new";
    }
    if (operation === "delete") {
        return undefined;
    }
    const said = messages.find((message) => message.urn === urn && message.text.includes(AGAIN));
    if (said) {
        return said.text.slice(said.text.indexOf(AGAIN) + AGAIN.length);
    }
    if (operation === "replace") {
        return "it is replaced";
    }
    // Without a deployment, the provider has nothing to compare; its rule gives the same answer.
    const [before, after] = [step.before, step.after].map((inputs) => inputs as unknown as SparkRunInputs);
    if (!before || !after || isDeepStrictEqual(causesOf(before), causesOf(after))) {
        return undefined;
    }
    return isKnown(before) && isKnown(after)
        ? changedCauses(before, after).join(", ")
        : "what it is given is not known yet";
}

function causesOf({ job, script, args, triggers }: SparkRunInputs) {
    return { job, script, args, triggers };
}

/** Whether the inputs can be read; a list or record with an unknown part may be unknown as a whole. */
function isKnown({ args, triggers }: SparkRunInputs): boolean {
    return Array.isArray(args) && typeof triggers === "object";
}
