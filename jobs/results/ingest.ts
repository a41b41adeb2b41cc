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
    increment: z.object({
        files_read: z.int(),
        files_carried_over: z.int(),
        files_gone: z.int(),
        months_written: z.array(z.string()),
        read_everything_because: z.string().nullable(),
    }),
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
    /** What the last run has read and written, and why it read all files if it did. */
    increment: found.increment.apply((of) => ({
        filesRead: of.files_read,
        filesCarriedOver: of.files_carried_over,
        filesGone: of.files_gone,
        monthsWritten: of.months_written,
        readEverythingBecause: of.read_everything_because,
    })),
    /** What the readings' times were taken for. */
    times: found.times.apply(({ zone, zone_by, label, label_by }) => ({
        zone,
        zoneBy: zone_by,
        label,
        labelBy: label_by,
    })),
}));
