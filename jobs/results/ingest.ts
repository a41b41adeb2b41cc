import { z } from "zod";
import { results } from "./contract.ts";

const metrics = z.object({
    rows_read: z.int(),
    rows_null: z.int(),
    rows_quarantined: z.int(),
    rows_duplicate: z.int(),
    rows_stored: z.int(),
    quarantine_reasons: z.record(z.string(), z.int()),
});

export const ingestResults = results(metrics, (found) => ({
    rows: {
        read: found.rows_read,
        missing: found.rows_null,
        quarantined: found.rows_quarantined,
        quarantineReasons: found.quarantine_reasons,
        duplicate: found.rows_duplicate,
        stored: found.rows_stored,
    },
}));
