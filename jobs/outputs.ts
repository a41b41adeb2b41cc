import * as pulumi from "@pulumi/pulumi";
import type { DataPlatform } from "../components/platform.ts";
import type { Runs } from "../components/runs.ts";
import type { SparkRun } from "../provider/sdk/sparkRun.ts";

/** What the jobs report, as far as the outputs show it. Written by jobs/pyspark; the whole of it is in the runs' metrics. */
interface IngestMetrics {
    rows_read: number;
    rows_null: number;
    rows_quarantined: number;
    rows_duplicate: number;
    rows_stored: number;
    quarantine_reasons: Record<string, number>;
}
interface LoadMetrics {
    rows_loaded: number;
    documents: "raw" | "daily";
}
interface AnalyzeMetrics {
    tables: { monthly_by_acorn: MonthlyRow[]; std_vs_tou: TariffRow[]; tariff_effect: EffectRow[] };
    plots: string[];
    results: Record<string, string>;
}
interface MonthlyRow {
    month: string;
    acorn_group: string;
    kwh_per_household_day: number;
}
interface TariffRow {
    period: string;
    acorn_group: string;
    /** `null` where there is no such household. */
    std_mean_kwh: number | null;
    tou_mean_kwh: number | null;
    difference_percent: number | null;
}
interface EffectRow {
    method: "trial_year" | "change_from_2012";
    acorn_group: string;
    std_households: number;
    tou_households: number;
    /** `null` where a tariff has no household; the interval also where it has a single one. */
    effect_percent: number | null;
    low_percent: number | null;
    high_percent: number | null;
}
interface TrainMetrics {
    models: Record<string, Scores>;
    baselines: Record<string, Scores>;
    paths: Record<string, string>;
    classification: Classification;
    residual_plot: string;
    card: string;
}
type Scores = Record<"mse" | "rmse" | "mae" | "r2", number>;
/** How well households' Acorn groups were told; without figures where there were too few households. */
interface Classification {
    accuracy?: number;
    macro_f1?: number;
    baseline?: { always: string; accuracy: number; macro_f1: number };
    skipped?: string;
}

/** What `pulumi stack output` shows: the answers, and where everything is. */
export function stackOutputs(platform: DataPlatform, runs: Runs) {
    const [ingest, load, analyze, train, report] = runs.all as [
        SparkRun,
        SparkRun,
        SparkRun,
        SparkRun,
        SparkRun,
    ];
    const read = metricsOf<IngestMetrics>(ingest);
    const analysis = metricsOf<AnalyzeMetrics>(analyze);
    const model = metricsOf<TrainMetrics>(train);
    return {
        rows: {
            read: read.rows_read,
            missing: read.rows_null,
            quarantined: read.rows_quarantined,
            quarantineReasons: read.quarantine_reasons,
            duplicate: read.rows_duplicate,
            stored: read.rows_stored,
            loaded: metricsOf<LoadMetrics>(load).rows_loaded,
            /** What a document in MongoDB is: a reading (raw) or a household's day (daily). */
            documents: metricsOf<LoadMetrics>(load).documents,
        },
        /** kWh a household and day, by month and Acorn group. */
        monthlyKwhPerDay: analysis.tables.apply(({ monthly_by_acorn }) => byMonthAndGroup(monthly_by_acorn)),
        /** Mean kWh a half hour by tariff, overall and by Acorn group, in 2013: only then did prices depend on the time. */
        tariffs: analysis.tables.apply(({ std_vs_tou }) => trialByGroup(std_vs_tou)),
        /** What the time-of-use tariff did, in per cent with a 95 % interval, over all groups, by method. */
        tariffEffect: analysis.tables.apply(({ tariff_effect }) => effectByMethod(tariff_effect)),
        /** Errors in kWh a half hour on the readings that the model did not see in training. */
        model: pulumi
            .all([model.models, model.baselines])
            .apply(([models, baselines]) => ({ ...models, ...baselines })),
        /** Acorn groups told by consumption: share of households, and mean F1 of the groups; with the most frequent group's. */
        acornGroups: model.classification.apply(acornGroups),
        paths: {
            lake: platform.lake,
            results: analysis.results,
            plots: analysis.plots,
            models: model.paths,
            modelCard: model.card,
            residuals: model.residual_plot,
        },
        /** One HTML page with all of it: a URI in the lake. */
        report: metricsOf<{ report: string }>(report).report,
        endpoints: platform.endpoints,
        ...(platform.warehouse && { warehouse: platform.warehouse }),
        ...(platform.logins && { logins: platform.logins }),
        ...(platform.credentials && { credentials: platform.credentials }),
        ...(platform.notebook && { notebook: platform.notebook }),
        runs: {
            ingest: summary(ingest),
            load: summary(load),
            analyze: summary(analyze),
            train: summary(train),
            report: summary(report),
        },
    };
}

function metricsOf<T>(run: SparkRun): pulumi.Output<T> {
    return run.metrics as pulumi.Output<unknown> as pulumi.Output<T>;
}

function byMonthAndGroup(rows: MonthlyRow[]): Record<string, Record<string, number>> {
    const table: Record<string, Record<string, number>> = {};
    for (const { month, acorn_group, kwh_per_household_day } of rows) {
        table[month] = { ...table[month], [acorn_group]: kwh_per_household_day };
    }
    return table;
}

function trialByGroup(rows: TariffRow[]) {
    const trial = rows.filter(({ period }) => period === "trial");
    return Object.fromEntries(
        trial.map(({ acorn_group, std_mean_kwh, tou_mean_kwh, difference_percent }) => [
            acorn_group,
            { Std: std_mean_kwh, ToU: tou_mean_kwh, differencePercent: difference_percent },
        ]),
    );
}

function acornGroups({ accuracy, macro_f1, baseline, skipped }: Classification) {
    return skipped
        ? { skipped }
        : {
              model: { accuracy, macroF1: macro_f1 },
              baseline: { accuracy: baseline?.accuracy, macroF1: baseline?.macro_f1 },
          };
}

function effectByMethod(rows: EffectRow[]) {
    const all = rows.filter(({ acorn_group }) => acorn_group === "all");
    return Object.fromEntries(
        all.map(({ method, std_households, tou_households, effect_percent, low_percent, high_percent }) => [
            method,
            {
                ...{ percent: effect_percent, low: low_percent, high: high_percent },
                ...{ Std: std_households, ToU: tou_households },
            },
        ]),
    );
}

function summary({ runId, seconds, log }: SparkRun) {
    return { id: runId, seconds, log };
}
