import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";

/** Replaces a value that is only known after other resources have been created. */
export const UNKNOWN = "(not known yet)";

// biome-ignore lint/suspicious/noExplicitAny: a rule reads the inputs of resource types whose packages may not be installed.
export type Inputs = any;

/** Yields a message for each problem with a resource's inputs: what is wrong, and what to set instead. */
export type Check = (inputs: Inputs, args: ResourceValidationArgs) => Iterable<string>;

/**
 * Creates a policy that checks resources of some types.
 *
 * @param checks the check of each type token; a token that ends in `*` matches every type with this prefix
 */
export function rule(
    name: string,
    description: string,
    checks: Record<string, Check>,
    more: Pick<ResourceValidationPolicy, "configSchema" | "enforcementLevel"> = {},
): ResourceValidationPolicy {
    return {
        name,
        description,
        ...more,
        validateResource(args, report) {
            const applicable = Object.entries(checks).filter(([type]) => matches(type, args.type));
            for (const message of applicable.flatMap(([, check]) => [...check(known(args.props), args)])) {
                report(message);
            }
        },
    };
}

function matches(pattern: string, type: string): boolean {
    return pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}

/** Copies the inputs and replaces unknown ones with `UNKNOWN`: Pulumi throws when a policy reads an unknown input. */
function known(value: Inputs): Inputs {
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const copy: Inputs = Array.isArray(value) ? [] : {};
    for (const key of Object.keys(value)) {
        copy[key] = readOrUnknown(value, key);
    }
    return copy;
}

function readOrUnknown(value: Inputs, key: string): Inputs {
    let read: Inputs;
    try {
        read = value[key];
    } catch (error) {
        if (error instanceof Error && error.message.includes("can't be known during preview")) {
            return UNKNOWN;
        }
        throw error;
    }
    return known(read);
}
