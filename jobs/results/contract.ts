import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { JobResults } from "../../components/common/job.ts";

/**
 * The contract of what a job reports of its work. A run whose report lacks one of these, or has it in another form, fails; what
 * else it reports is kept in the run's metrics.
 *
 * @param schema of the metrics that the job's script returns
 * @param outputs what of it `pulumi stack output` shows; groups of the same name from several jobs become one; `addressOf` tells where
 * a person opens a file of the lake
 */
export function results<S extends z.ZodType>(
    schema: S,
    outputs: (
        metrics: pulumi.Output<z.output<S>>,
        addressOf: (uri: string) => string,
    ) => Record<string, unknown>,
): JobResults {
    // As input: keys that are not named are allowed.
    return { schema: z.toJSONSchema(schema, { io: "input" }), outputs: outputs as JobResults["outputs"] };
}
