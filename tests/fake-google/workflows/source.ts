import { demandKnown, Refusal } from "../answer.ts";
import { checkExpressions } from "./expression.ts";

/** A step, as far as this project writes steps. */
export interface Step {
    call?: string;
    args?: Record<string, unknown>;
    result?: string;
    assign?: Record<string, unknown>[];
    switch?: { condition: string; next: string }[];
    try?: Step;
    retry?: string;
    raise?: string;
    next?: string;
}

export interface Routine {
    params?: string[];
    steps: Record<string, Step>[];
}

export type Source = Record<string, Routine>;

const STEP = ["call", "args", "result", "assign", "switch", "try", "retry", "raise", "next"];
/** What a step can call, and the arguments that it has to have. */
const CALLS: Record<string, string[]> = {
    "http.get": ["url", "auth"],
    "http.post": ["url", "auth"],
    "sys.sleep": ["seconds"],
};

/**
 * Reads the text of a workflow, in JSON.
 *
 * @throws {Refusal} for what Google Workflows does not take when it is deployed, or is not known here
 */
export function checkSource(text: string): Source {
    let source: Source;
    try {
        source = JSON.parse(text);
    } catch (error) {
        throw new Refusal(400, `Could not parse workflow: ${(error as Error).message}`);
    }
    if (text.length > 128 * 1024 || !source.main) {
        throw new Refusal(400, "Could not parse workflow: larger than 128 KB, or without main");
    }
    for (const [name, routine] of Object.entries(source)) {
        demandKnown(routine, ["params", "steps"]);
        const names = routine.steps.map((step) => Object.keys(step)[0] as string);
        for (const given of routine.steps) {
            const [[step, content] = ["", {}]] = Object.entries(given);
            if (
                Object.keys(given).length !== 1 ||
                !/^\w+$/.test(step) ||
                names.indexOf(step) !== names.lastIndexOf(step)
            ) {
                throw new Refusal(400, `Could not parse workflow: step ${step} of ${name} has a wrong name`);
            }
            checkStep(source, content, `${name}.${step}`, [...names, "end"]);
        }
    }
    return source;
}

function checkStep(source: Source, step: Step, where: string, names: string[]): void {
    demandKnown(step, STEP);
    const wrong = (what: string) => new Refusal(400, `Could not parse workflow: ${where}: ${what}`);
    for (const next of [step.next, ...(step.switch ?? []).map((each) => each.next)]) {
        if (next !== undefined && !names.includes(next)) {
            throw wrong(`there is no step ${next}`);
        }
    }
    if (step.try) {
        checkStep(source, step.try, where, names);
    }
    if (step.retry !== undefined && step.retry !== `\${http.default_retry}`) {
        throw wrong(`retry ${step.retry} is not known here`);
    }
    if (step.call !== undefined) {
        const needed = CALLS[step.call] ?? source[step.call]?.params;
        if (!needed) {
            throw wrong(`there is no ${step.call}`);
        }
        const missing = needed.find((argument) => !(argument in (step.args ?? {})));
        if (missing) {
            throw wrong(`${step.call} lacks ${missing}`);
        }
        if (!(step.call in CALLS)) {
            demandKnown(step.args ?? {}, needed);
        }
    }
    checkExpressions([step.args, step.assign, step.switch, step.raise], where);
}
