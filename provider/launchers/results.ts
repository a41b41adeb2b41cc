import type { JsonSchema } from "../sdk/work.ts";

/** Returns a problem for each key of a job's metrics that violates its contract; empty if there is none. */
export async function wrongResults(schema: JsonSchema, metrics: Record<string, unknown>): Promise<string[]> {
    // Loaded only after a run: most deployments run nothing and should not wait for the library.
    const { z } = await import("zod");
    const { error } = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(metrics);
    return (error?.issues ?? []).map(({ path, message }) => {
        const value = path.reduce(
            (parent: unknown, key) => (parent as Record<PropertyKey, unknown>)?.[key],
            metrics,
        );
        const key = path.map(String).join(".");
        return value === undefined ? `${key} is missing` : `${key} is ${shortened(value)}: ${message}`;
    });
}

/** Describes a value for an error, in at most 60 characters. */
function shortened(value: unknown): string {
    const text = JSON.stringify(value);
    return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
