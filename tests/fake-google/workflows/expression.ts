import { randomUUID } from "node:crypto";
import { Refusal } from "../answer.ts";

/** The variables of a routine. */
export type Scope = Record<string, unknown>;

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|\d+|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?:\(\))?|==|\+)/y;
const FUNCTIONS: Record<string, () => unknown> = { "uuid.generate()": randomUUID };
/** Google takes no longer one. */
const LONGEST = 400;

/** The value of anything in a workflow's text, with its expressions, `${…}`, worked out. */
export function workOut(given: unknown, scope: Scope): unknown {
    if (typeof given === "string" && given.startsWith("${")) {
        return evaluate(given, scope);
    }
    if (Array.isArray(given)) {
        return given.map((each) => workOut(each, scope));
    }
    if (typeof given === "object" && given !== null) {
        return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, workOut(value, scope)]));
    }
    return given;
}

/** @throws {Refusal} for an expression that is not one, or is not known here */
export function checkExpressions(given: unknown, where: string): void {
    if (typeof given === "string" && given.startsWith("${")) {
        try {
            tokensOf(given);
        } catch (error) {
            throw new Refusal(400, `Could not parse workflow: ${where}: ${(error as Error).message}`);
        }
    } else if (typeof given === "object" && given !== null) {
        for (const each of Object.values(given)) {
            checkExpressions(each, where);
        }
    }
}

/** Operands with `+` between them, or two such sums with `==` between them. */
function evaluate(text: string, scope: Scope): unknown {
    const sums: unknown[] = [];
    let adds = false;
    for (const token of tokensOf(text)) {
        if (token === "+") {
            adds = true;
        } else if (token !== "==") {
            const operand = operandOf(token, scope);
            sums.push(adds ? added(sums.pop(), operand) : operand);
            adds = false;
        }
    }
    return sums.length === 2 ? sums[0] === sums[1] : sums[0];
}

function tokensOf(text: string): string[] {
    if (!text.endsWith("}") || text.length > LONGEST) {
        throw new Error(`${text} does not end, or has more than ${LONGEST} characters`);
    }
    const inside = text.slice(2, -1);
    const tokens: string[] = [];
    for (TOKEN.lastIndex = 0; TOKEN.lastIndex < inside.length; ) {
        const [, token] = TOKEN.exec(inside) ?? [];
        const isOperator = token === "+" || token === "==";
        if (token === undefined || isOperator !== (tokens.length % 2 === 1)) {
            throw new Error(`${text} is no expression that is known here`);
        }
        if (token.endsWith("()") && !(token in FUNCTIONS)) {
            throw new Error(`${text}: there is no ${token}`);
        }
        tokens.push(token);
    }
    if (tokens.length % 2 === 0 || tokens.filter((token) => token === "==").length > 1) {
        throw new Error(`${text} is no expression that is known here`);
    }
    return tokens;
}

function operandOf(token: string, scope: Scope): unknown {
    if (/^["\d]/.test(token)) {
        return JSON.parse(token);
    }
    const call = FUNCTIONS[token];
    if (call) {
        return call();
    }
    let value: unknown = scope;
    for (const key of token.split(".")) {
        if (typeof value !== "object" || value === null || !(key in value)) {
            throw new Error(`KeyError: key not found: ${key}`);
        }
        value = (value as Scope)[key];
    }
    return value;
}

function added(left: unknown, right: unknown): unknown {
    if (typeof left !== typeof right || !["string", "number"].includes(typeof left)) {
        throw new Error(`TypeError: ${typeof left} + ${typeof right}`);
    }
    return (left as string) + (right as string);
}
