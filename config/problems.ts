import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { aboutOf } from "./kinds.ts";

type Raw = Record<string, string>;

/**
 * Returns the message about a wrong value: the value, the allowed values, and the command that sets the key.
 *
 * @param key with its namespace, such as `gcp:zone`
 * @param allowed the allowed values in words
 */
export function wrongValue(
    key: string,
    value: string | number,
    allowed: string,
    example: string | number | boolean,
): string {
    const is = value === "" ? "is not set" : `is ${JSON.stringify(value)}`;
    const word = /[\s*,;<>|&$]/.test(`${example}`) ? `'${example}'` : example;
    return `${key} ${is}; allowed: ${allowed}. ${mending(`pulumi config set ${key} ${word}`)}`;
}

/** Returns the sentence with the command that sets a key. */
export function mending(command: string): string {
    return `Set it: ${command} --stack ${pulumi.getStack()}`;
}

/** Returns the sentence with the command that removes a key. */
export function removing(key: string): string {
    return `Remove it: pulumi config rm ${key} --stack ${pulumi.getStack()}`;
}

/** Returns a message for each value that its schema refuses. No message contains a secret. */
export function wrongValues(
    namespace: string,
    shape: z.ZodRawShape,
    raw: Raw,
    error: z.ZodError | undefined,
): string[] {
    return (error?.issues ?? []).map(({ path: [name, item] }) => {
        const key = `${namespace}:${String(name)}`;
        const { allowed, example, command, type } = aboutOf(shape[String(name)] as z.ZodType);
        if (command !== undefined) {
            return `${key} is not ${allowed}. ${mending(command)}`;
        }
        const value = raw[String(name)] ?? "";
        const wrong = typeof item === "number" ? (value.split(",")[item]?.trim() ?? value) : value;
        return wrongValue(key, type === "integer" ? Number(wrong) : wrong, allowed, example);
    });
}

/** Returns a message for each secret that is in plain text in the stack's file. */
export function plainSecrets(namespace: string, shape: z.ZodRawShape, raw: Raw): string[] {
    return Object.entries(shape).flatMap(([name, schema]) => {
        const { command } = aboutOf(schema as z.ZodType);
        const key = `${namespace}:${name}`;
        return command === undefined || raw[name] === "" || isSecret(key)
            ? []
            : [`${key} is in plain text in Pulumi.${pulumi.getStack()}.yaml. ${mending(command)}`];
    });
}

/** Returns a message for each key that no target has. Without it a mistyped key would have no effect and no message. */
export function unknownKeys(known: string[]): string[] {
    return Object.keys(pulumi.runtime.allConfig())
        .filter(
            (key) => key.startsWith("london-power:") && !known.includes(key.slice("london-power:".length)),
        )
        .map((key) => `${key} is not a setting; the settings are ${known.join(", ")}. ${removing(key)}`);
}

/** Returns a message for each key that is set although only other targets use it. */
export function withoutEffect(own: Record<string, z.ZodRawShape>, target: string): string[] {
    const other = Object.entries(own).flatMap(([, shape]) => Object.entries(shape));
    return [...new Map(other)].flatMap(([name, schema]) => {
        const key = `london-power:${name}`;
        const usual = `${aboutOf(schema as z.ZodType).default}`;
        const targets = targetsOf(own, name);
        return targets.includes(target) || (pulumi.runtime.getConfig(key) ?? usual) === usual
            ? []
            : [`${key} has no effect on target ${target}; it is for ${targets.join(", ")}. ${removing(key)}`];
    });
}

/** Returns the targets that have a key, out of the settings of each. */
export function targetsOf(own: Record<string, z.ZodRawShape>, name: string): string[] {
    return Object.keys(own).filter((target) => name in (own[target] ?? {}));
}

/** The SDK has this function, but its types do not declare it. */
function isSecret(key: string): boolean {
    return (pulumi.runtime as unknown as { isConfigSecret(key: string): boolean }).isConfigSecret(key);
}
