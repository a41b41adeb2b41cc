// The differences between the old and new inputs of a resource.
import { isSecretByName, secretsIn } from "../../policies/rules/secretText.ts";
import { isUnknown, type Properties, type Value } from "./preview.ts";

/** A property that differs. Both values are text without secrets; `undefined` if the property is absent. */
export interface PropertyChange {
    /** Path such as `mode.replicated.replicas` or `args[1]`. */
    path: string;
    before?: string;
    after?: string;
    /** Whether the change needs a new resource. */
    replaces: boolean;
}

const NOT_KNOWN = "(known after the deployment)";
const SECRET = "[secret]";
/** Maximum length of a value that is shown completely, in characters. */
const LONGEST = 300;

/** @param touched the paths that the provider reports; true for those that need a new resource */
export function compare(
    before: Properties = {},
    after: Properties = {},
    touched = new Map<string, boolean>(),
): PropertyChange[] {
    const changes = differences(before, after, "").map(({ path, old, now }) => ({
        path,
        before: old === undefined ? undefined : shown(path, old),
        after: now === undefined ? undefined : shown(path, now),
        replaces: [...touched].some(([other, replaces]) => replaces && overlap(path, other)),
    }));
    // Masked secrets look the same before and after; only the provider knows that one has changed.
    for (const [path, replaces] of touched) {
        if (valueAt(after, path) === SECRET && !changes.some((change) => change.path === path)) {
            changes.push({ path, before: SECRET, after: `${SECRET} (another)`, replaces });
        }
    }
    return changes;
}

function differences(
    before: Value | undefined,
    after: Value | undefined,
    path: string,
): { path: string; old?: Value; now?: Value }[] {
    if (isNode(before) && isNode(after) && Array.isArray(before) === Array.isArray(after)) {
        const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
        const under = (key: string) =>
            Array.isArray(before)
                ? `${path}[${key}]`
                : /^\w+$/.test(key)
                  ? join(path, key)
                  : `${path}["${key}"]`;
        return [...keys].flatMap((key) =>
            differences((before as Properties)[key], (after as Properties)[key], under(key)),
        );
    }
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, old: before, now: after }];
}

function isNode(value: Value | undefined): value is Value[] | { [key: string]: Value } {
    return typeof value === "object" && value !== null;
}

function join(path: string, key: string): string {
    return path === "" ? key : `${path}.${key}`;
}

/** Whether two paths are the same, or one is below the other. */
function overlap(a: string, b: string): boolean {
    const [short, long] = a.length < b.length ? [a, b] : [b, a];
    return long === short || (long.startsWith(short) && /[.[]/.test(long[short.length] as string));
}

function valueAt(properties: Properties, path: string): Value | undefined {
    let value: Value | undefined = properties;
    for (const key of path.split(/[.[\]"]+/).filter(Boolean)) {
        value = isNode(value) ? (value as Properties)[key] : undefined;
    }
    return value;
}

/** Masks the words of a text that look like secrets. */
export function maskedText(text: string): string {
    return text.replaceAll(/\S+/g, (word) => (secretsIn(word).length > 0 ? SECRET : word));
}

function shown(path: string, value: Value): string {
    const text = masked(
        path
            .split(/[.[\]"]+/)
            .filter(Boolean)
            .at(-1) ?? "",
        value,
    );
    const line = typeof text === "string" ? text : JSON.stringify(text);
    return line.length <= LONGEST
        ? line
        : `${line.slice(0, LONGEST / 2)} … ${line.length - LONGEST} more characters … ${line.slice(-LONGEST / 2)}`;
}

/** Masks values that are secret by their name or form; the engine masks only values that it knows to be secret. */
function masked(name: string, value: Value): Value {
    if (Array.isArray(value)) {
        return value.map((item) => masked(name, item));
    }
    if (isNode(value)) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(key, item)]));
    }
    if (typeof value !== "string") {
        return value;
    }
    if (isUnknown(value)) {
        return NOT_KNOWN;
    }
    return isSecretByName(name, value) || secretsIn(value).length > 0 ? SECRET : value;
}
