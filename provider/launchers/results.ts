import type { JsonSchema } from "../sdk/work.ts";

/** What of a job's report is not as its contract has it, each by its key; empty where all is. */
export async function wrongResults(schema: JsonSchema, metrics: Record<string, unknown>): Promise<string[]> {
    // Only where something has run: most deployments find nothing to do, and should not wait for the library.
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

/** A value in an error's text, in no more than 60 characters. */
function shortened(value: unknown): string {
    const text = JSON.stringify(value);
    return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
