import { z } from "zod";
import { results } from "./contract.ts";

const monthlyRow = z.object({
    month: z.string(),
    acorn_group: z.string(),
    kwh_per_household_day: z.number(),
});

/** Numbers are `null` where there is no such household. */
const tariffRow = z.object({
    period: z.string(),
    acorn_group: z.string(),
    std_mean_kwh: z.number().nullable(),
    tou_mean_kwh: z.number().nullable(),
    difference_percent: z.number().nullable(),
});

/** Percentages are `null` where a tariff has no household; the interval also where it has a single one. */
const effectRow = z.object({
    method: z.enum(["trial_year", "change_from_2012"]),
    acorn_group: z.string(),
    std_households: z.int(),
    tou_households: z.int(),
    effect_percent: z.number().nullable(),
    low_percent: z.number().nullable(),
    high_percent: z.number().nullable(),
});

const metrics = z.object({
    tables: z.object({
        monthly_by_acorn: z.array(monthlyRow),
        std_vs_tou: z.array(tariffRow),
        tariff_effect: z.array(effectRow),
    }),
    /** URIs in the lake. */
    plots: z.array(z.string()),
    results: z.record(z.string(), z.string()),
});

export const analyzeResults = results(metrics, ({ tables, plots, results }, addressOf) => ({
    /** kWh a household and day, by month and Acorn group. */
    monthlyKwhPerDay: tables.apply(({ monthly_by_acorn }) => byMonthAndGroup(monthly_by_acorn)),
    /** Mean kWh a half hour by tariff, overall, in one mix of the groups and by Acorn group, in 2013: only then did prices depend on the time. */
    tariffs: tables.apply(({ std_vs_tou }) => trialByGroup(std_vs_tou)),
    /** Time of use less standard within Acorn groups, in per cent with a 95 % interval, by method. */
    tariffEffect: tables.apply(({ tariff_effect }) => effectByMethod(tariff_effect)),
    paths: { results, plots: plots.apply((uris) => uris.map(addressOf)) },
}));

function byMonthAndGroup(rows: z.output<typeof monthlyRow>[]): Record<string, Record<string, number>> {
    const table: Record<string, Record<string, number>> = {};
    for (const { month, acorn_group, kwh_per_household_day } of rows) {
        table[month] = { ...table[month], [acorn_group]: kwh_per_household_day };
    }
    return table;
}

function trialByGroup(rows: z.output<typeof tariffRow>[]) {
    const trial = rows.filter(({ period }) => period === "trial");
    return Object.fromEntries(
        trial.map(({ acorn_group, std_mean_kwh, tou_mean_kwh, difference_percent }) => [
            acorn_group,
            { Std: std_mean_kwh, ToU: tou_mean_kwh, differencePercent: difference_percent },
        ]),
    );
}

function effectByMethod(rows: z.output<typeof effectRow>[]) {
    const all = rows.filter(({ acorn_group }) => acorn_group === "all");
    return Object.fromEntries(
        all.map((row) => [
            row.method,
            {
                percent: row.effect_percent,
                low: row.low_percent,
                high: row.high_percent,
                Std: row.std_households,
                ToU: row.tou_households,
            },
        ]),
    );
}
