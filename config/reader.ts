import * as pulumi from "@pulumi/pulumi";

/** A rule for a value: the allowed values in words, the test for them, and an example. */
export type Rule = readonly [allowed: string, pattern: Pick<RegExp, "test">, example: string];

/** Reads keys of the stack's configuration and collects every problem, so that one message names them all. Its functions work without their object. */
export class Reader {
    /** The problems so far, in one or two sentences each. */
    readonly wrong: string[] = [];
    /** The keys of London Power that were read. */
    readonly keys: string[] = [];
    private readonly config: pulumi.Config;

    constructor(config: pulumi.Config) {
        this.config = config;
    }

    /** Returns the text of a key; a text that violates the rule becomes a problem. */
    readonly text = (key: string, ...[allowed, pattern, example]: Rule): string => {
        this.keys.push(key);
        const value = this.config.require(key);
        if (!pattern.test(value)) {
            this.refuse(key, value, allowed, example);
        }
        return value;
    };

    /** Returns the items of a key's text, which commas separate; an item that violates the rule becomes a problem. */
    readonly list = (key: string, ...[allowed, pattern, example]: Rule): string[] => {
        this.keys.push(key);
        const value = this.config.require(key);
        const items = value
            .split(",")
            .map((item) => item.trim())
            .filter((item) => item !== "");
        for (const item of items.filter((text) => !pattern.test(text))) {
            this.refuse(key, item, allowed, example);
        }
        return items;
    };

    /** Returns a whole number; one outside of the bounds, which are allowed themselves, becomes a problem. */
    readonly whole = (key: string, least: number, most: number, example: number): number => {
        this.keys.push(key);
        const value = this.config.requireNumber(key);
        if (!Number.isInteger(value) || value < least || value > most) {
            this.refuse(key, value, `a whole number from ${least} to ${most}`, example);
        }
        return value;
    };

    /** Returns true or false. */
    readonly flag = (key: string): boolean => {
        this.keys.push(key);
        return this.config.requireBoolean(key);
    };

    /** Adds a problem: the wrong value, the allowed values, and the command that sets the key. */
    readonly refuse = (key: string, value: unknown, allowed: string, example: string | number): void => {
        const name = key.includes(":") ? key : `${this.config.name}:${key}`;
        const is = value === undefined || value === "" ? "is not set" : `is ${JSON.stringify(value)}`;
        const word = /[\s*,;<>|&$]/.test(`${example}`) ? `'${example}'` : example;
        this.wrong.push(
            `${name} ${is}; allowed: ${allowed}. ` +
                `Set it: pulumi config set ${name} ${word} --stack ${pulumi.getStack()}`,
        );
    };
}
