import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";

/** Stands where a value will only be known once the resources that it comes from are there. */
export const UNKNOWN = "(not known yet)";

// biome-ignore lint/suspicious/noExplicitAny: a rule looks into the inputs of resource types whose packages may not be installed.
export type Inputs = any;

/** Says for each thing that is wrong with a resource's inputs what it is and what mends it. */
export type Check = (inputs: Inputs, args: ResourceValidationArgs) => Iterable<string>;

/**
 * A policy over resources of some types.
 *
 * @param checks by type token; one that ends in `*` is for all types that begin so
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

/** A copy of the inputs. Reading one that is not known throws, so that they are read here once, one by one. */
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
