import { isDeepStrictEqual } from "node:util";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";

/** Stands for a value that a preview cannot know yet. Source: `unknownValue` in the SDK's runtime/rpc. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key that marks a special value, and its value for a secret. Source: `specialSigKey`, `specialSecretSig`, as above. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The properties of a resource as plain JSON, and the names of those that are or contain a secret. */
export interface Properties {
    values: Record<string, Json>;
    secrets: Set<string>;
}

export function decode(struct: structProto.Struct | undefined): Properties {
    const secrets = new Set<string>();
    const values: Record<string, Json> = {};
    for (const [key, value] of Object.entries((struct?.toJavaScript() ?? {}) as Record<string, Json>)) {
        values[key] = unwrap(value, () => secrets.add(key));
    }
    return { values, secrets };
}

/** The reverse of `decode`; `undefined` values are left out. */
export function encode(values: object, secrets: ReadonlySet<string>): structProto.Struct {
    const plain: Record<string, Json> = {};
    for (const [key, value] of Object.entries(values) as [string, Json | undefined][]) {
        if (value !== undefined) {
            plain[key] = secrets.has(key) ? { [SIGNATURE]: SECRET, value } : value;
        }
    }
    return structProto.Struct.fromJavaScript(
        plain as Parameters<typeof structProto.Struct.fromJavaScript>[0],
    );
}

/** True if the value is unknown or contains an unknown value. */
export function hasUnknown(value: unknown): boolean {
    if (value === UNKNOWN) {
        return true;
    }
    return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

/** The names of the properties that differ between two sets. */
export function changedKeys(before: object, after: object): string[] {
    const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
    const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
    return [...keys].filter((key) => !isDeepStrictEqual(old[key], now[key])).sort();
}

function unwrap(value: Json, onSecret: () => void): Json {
    if (Array.isArray(value)) {
        return value.map((item) => unwrap(item, onSecret));
    }
    if (typeof value === "object" && value !== null) {
        if (value[SIGNATURE] === SECRET) {
            onSecret();
            return unwrap(value.value ?? null, onSecret);
        }
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrap(item, onSecret)]));
    }
    return value;
}
