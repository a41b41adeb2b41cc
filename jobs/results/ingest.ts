import { z } from "zod";
import { results } from "./contract.ts";

/** Whether the readings have decided, a setting, or, where they are of two minds or say nothing, the default. */
const decided = z.enum(["data", "setting", "default"]);

const metrics = z.object({
    rows_read: z.int(),
    rows_null: z.int(),
    rows_quarantined: z.int(),
    rows_duplicate: z.int(),
    rows_stored: z.int(),
    quarantine_reasons: z.record(z.string(), z.int()),
    times: z.object({ zone: z.string(), zone_by: decided, label: z.string(), label_by: decided }),
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
    /** What the readings' times were taken for. */
    times: found.times.apply(({ zone, zone_by, label, label_by }) => ({
        zone,
        zoneBy: zone_by,
        label,
        labelBy: label_by,
    })),
}));
