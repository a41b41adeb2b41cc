import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

/** The allowed values in words, the test for them, and an example. */
export interface Rule {
    allowed: string;
    pattern: Pick<RegExp, "test">;
    example: string;
}

/** What Pulumi.yaml declares of a setting, and what a message about a wrong value says. */
export interface About {
    type: "string" | "integer" | "boolean";
    default: string | number | boolean;
    description: string;
    allowed: string;
    /** A value for the command that mends a wrong one. */
    example: string | number | boolean;
    /** The command that sets a secret, without `--stack`; absent for what is no secret. No message repeats a secret. */
    command?: string;
}

/** What a kind of setting is told by the setting itself. */
interface Text {
    description: string;
    default: string;
    rule: Rule;
}

/** A text that follows a rule. */
export function text({ description, default: usual, rule }: Text) {
    return about(
        z.string().refine((value) => rule.pattern.test(value)),
        {
            type: "string",
            default: usual,
            description,
            allowed: rule.allowed,
            example: rule.example,
        },
    );
}

/** Texts that each follow a rule, each once, separated by commas. */
export function list({ description, default: usual, rule, least }: Text & { least: number }) {
    const item = z.string().refine((value) => rule.pattern.test(value));
    const items = z
        .array(item)
        .min(least)
        .refine((found) => new Set(found).size === found.length);
    return about(z.string().transform(itemsOf).pipe(items), {
        type: "string",
        default: usual,
        description,
        allowed: rule.allowed,
        example: rule.example,
    });
}

/** One of some words; the first is the default. */
export function choice<const Words extends readonly [string, ...string[]]>(setting: {
    description: string;
    words: Words;
}) {
    return about(z.enum(setting.words), {
        type: "string",
        default: setting.words[0],
        description: setting.description,
        allowed: setting.words.join(", "),
        example: setting.words[0],
    });
}

interface Whole {
    description: string;
    default: number;
    least: number;
    most: number;
    /** A value for messages, where the default means "automatic". */
    example?: number;
}

/** A whole number within bounds, which are allowed themselves. */
export function whole({ description, default: usual, least, most, example }: Whole) {
    return about(z.coerce.number().int().min(least).max(most), {
        type: "integer",
        default: usual,
        description,
        allowed: `a whole number from ${least} to ${most}`,
        example: example ?? usual,
    });
}

export function flag(setting: { description: string; default: boolean }) {
    return about(
        z.enum(["true", "false"]).transform((value) => value === "true"),
        {
            type: "boolean",
            default: setting.default,
            description: setting.description,
            allowed: "true, false",
            example: setting.default,
        },
    );
}

interface Secret {
    description: string;
    allowed: string;
    pattern: RegExp;
    /** The command that sets it, without `--stack`. */
    command: string;
}

/** A text that stays secret; `undefined` if it is not set. */
export function secret({ description, allowed, pattern, command }: Secret) {
    const value = z
        .string()
        .refine((found) => found === "" || pattern.test(found))
        .transform((found) => (found === "" ? undefined : pulumi.secret(found)));
    return about(value, { type: "string", default: "", description, allowed, example: "", command });
}

/** Returns what was said of a setting when it was made. */
export function aboutOf(schema: z.ZodType): About {
    return ABOUT.get(schema) as About;
}

const ABOUT = z.registry<About>();

function about<Schema extends z.ZodType>(schema: Schema, said: About): Schema {
    ABOUT.add(schema, said);
    return schema;
}

function itemsOf(value: string): string[] {
    return value
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== "");
}
