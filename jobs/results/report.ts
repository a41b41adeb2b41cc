import { z } from "zod";
import { results } from "./contract.ts";

/** One HTML page with what the other jobs have found: a URI in the lake. */
const metrics = z.object({ report: z.string() });

export const reportResults = results(metrics, ({ report }, addressOf) => ({
    report: report.apply(addressOf),
}));
