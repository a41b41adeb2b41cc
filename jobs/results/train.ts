import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { results } from "./contract.ts";

/** Errors in kWh a half hour on the readings that the model did not see in training. */
const scores = z.object({ mse: z.number(), rmse: z.number(), mae: z.number(), r2: z.number() });

const share = z.object({ accuracy: z.number(), macro_f1: z.number() });

/** How well households' Acorn groups were told; why not, where there were too few households. */
const classification = z.union([share.extend({ baseline: share }), z.object({ skipped: z.string() })]);

const metrics = z.object({
    models: z.record(z.string(), scores),
    baselines: z.record(z.string(), scores),
    /** Model → its folder in the lake. */
    paths: z.record(z.string(), z.string()),
    classification,
    residual_plot: z.string(),
    card: z.string(),
});

export const trainResults = results(metrics, (found, addressOf) => ({
    model: pulumi
        .all([found.models, found.baselines])
        .apply(([models, baselines]) => ({ ...models, ...baselines })),
    /** Acorn groups told by consumption: share of households, and mean F1 of the groups; with the most frequent group's. */
    acornGroups: found.classification.apply(acornGroups),
    paths: {
        models: found.paths,
        modelCard: found.card.apply(addressOf),
        residuals: found.residual_plot.apply(addressOf),
    },
}));

function acornGroups(told: z.output<typeof classification>) {
    return "skipped" in told
        ? { skipped: told.skipped }
        : {
              model: { accuracy: told.accuracy, macroF1: told.macro_f1 },
              baseline: { accuracy: told.baseline.accuracy, macroF1: told.baseline.macro_f1 },
          };
}
