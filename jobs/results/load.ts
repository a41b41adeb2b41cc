import { z } from "zod";
import { results } from "./contract.ts";

const metrics = z.object({
    rows_loaded: z.int(),
    /** What a document in MongoDB is: a reading (raw) or a household's day (daily). */
    documents: z.enum(["raw", "daily"]),
});

export const loadResults = results(metrics, (found) => ({
    rows: { loaded: found.rows_loaded, documents: found.documents },
}));
