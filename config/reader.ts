import * as pulumi from "@pulumi/pulumi";

/** What is allowed in words, how to tell, and an example. */
export type Rule = readonly [allowed: string, pattern: Pick<RegExp, "test">, example: string];

/** Reads keys of the stack's configuration and notes what is wrong with them, so that all of it is told at once. Its functions can be used by themselves. */
export class Reader {
    /** What is wrong so far, a sentence or two each. */
    readonly wrong: string[] = [];
    /** The keys of London Power's own that were read. */
    readonly keys: string[] = [];
    private readonly config: pulumi.Config;

    constructor(config: pulumi.Config) {
        this.config = config;
    }

    /** The text of a key; noted as wrong where it does not match. */
    readonly text = (key: string, ...[allowed, pattern, example]: Rule): string => {
        this.keys.push(key);
        const value = this.config.require(key);
        if (!pattern.test(value)) {
            this.refuse(key, value, allowed, example);
        }
        return value;
    };

    /** What stands between the commas of a key's text. */
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

    /** A whole number within bounds. */
    readonly whole = (key: string, least: number, most: number, example: number): number => {
        this.keys.push(key);
        const value = this.config.requireNumber(key);
        if (!Number.isInteger(value) || value < least || value > most) {
            this.refuse(key, value, `a whole number from ${least} to ${most}`, example);
        }
        return value;
    };

    /** Yes or no. */
    readonly flag = (key: string): boolean => {
        this.keys.push(key);
        return this.config.requireBoolean(key);
    };

    /** Notes a wrong value: what it is, what is allowed, and the command that sets it. */
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
