// answers.ts STACK: prints the answers of a stack's last run. Runs in the environment of env.sh.
import { currentPath } from "./currentPath.ts";
import { outputsOf } from "./outputs.ts";

type Row = Record<string, number>;

/** What each method estimates, in words. */
const METHODS: Record<string, string> = {
    trial_year: "difference in 2013",
    change_from_2012: "difference in differences, 2012 to 2013",
};

/** Rows that are no Acorn group. */
const ROWS: Record<string, string> = { all: "all homes", standardised: "same mix of groups" };

/** What has decided what the readings' times mean, in words. */
const DECIDED: Record<string, string> = {
    data: "as the readings show",
    setting: "as set",
    default: "assumed: the readings do not show it",
};

const stack = process.argv[2] ?? "local";
const outputs = outputsOf(stack);

const { rows, times, monthlyKwhPerDay, tariffs, tariffEffect, model, bestModel, acornGroups } = outputs;
const { paths, report, endpoints } = outputs;
const groups = [...new Set(Object.values<Row>(monthlyKwhPerDay).flatMap(Object.keys))].sort();

console.log(`
Readings: ${rows.read} read, ${rows.duplicate} duplicate, ${rows.quarantined} quarantined, ${rows.stored} stored \
(${rows.missing} of them without a value), ${rows.loaded} ${rows.documents === "daily" ? "days of households " : ""}in MongoDB
Times: ${times.zone} (${DECIDED[times.zoneBy]}), each the ${times.label} of its half hour (${DECIDED[times.labelBy]})

Consumption by Acorn group, kWh a household and day`);
table(
    ["month", ...groups],
    Object.entries<Row>(monthlyKwhPerDay).map(([month, row]) => [
        month,
        ...groups.map((group) => row[group]),
    ]),
    2,
);
console.log("\nTariffs in 2013, mean kWh a half hour (homes chose theirs: no effect of the tariff)");
table(
    ["group", "standard", "time of use", "difference"],
    Object.entries<Row>(tariffs).map(([group, { Std, ToU, differencePercent }]) => [
        ROWS[group] ?? group,
        Std,
        ToU,
        percent(differencePercent),
    ]),
    4,
);
console.log(
    "\nTime of use less standard within Acorn groups, a household counting once, with a 95 % interval",
);
table(
    ["estimate", "per cent", "from", "to", "Std homes", "ToU homes"],
    Object.entries<Row>(tariffEffect).map(([method, effect]) => [
        METHODS[method] ?? method,
        ...[effect.percent, effect.low, effect.high].map(percent),
        effect.Std,
        effect.ToU,
    ]),
    0,
);
console.log("\nModels of kWh a half hour, on readings later than those of the training");
table(
    ["model", "MSE", "RMSE", "MAE", "R²", "MASE"],
    Object.entries<Row>(model).map(([name, { mse, rmse, mae, r2, mase }]) => [
        name,
        mse,
        rmse,
        mae,
        r2,
        mase,
    ]),
    4,
);
const others: string[] = bestModel.notToldApart;
const same = others.length
    ? `; not told apart from it by these readings: ${others.join(", ")}`
    : ", told apart from all others by these readings";
console.log(`  Chosen by folds of the training time: ${bestModel.name}${same}

Acorn groups told by consumption, of homes not seen in training: ${told(acornGroups)}`);
const plots = paths.plots.filter((plot: string) => plot.endsWith(".png"));
console.log(`\nPlots:   ${[...plots, paths.residuals].map(currentPath).join("\n         ")}`);
console.log(`Models:  ${currentPath(paths.modelCard)}`);
console.log(`Report:  ${currentPath(report)}`);
if (currentPath(report) !== report) {
    console.log("         of a run by the clock, later than the `up` whose figures stand above");
}
console.log(`Lake:    ${paths.lake}`);
for (const [name, address] of Object.entries(endpoints)) {
    console.log(`${`${name}:`.padEnd(8)} ${address}`);
}

function told({ skipped, model: found, baseline, better }: typeof acornGroups): string {
    const accuracy = `${percent(100 * found?.accuracy)} right; naming the largest group ${percent(100 * baseline?.accuracy)}`;
    return skipped ?? `${accuracy}${better ? "" : ", which may be chance"}`;
}

function percent(value: number | null | undefined): string | undefined {
    return typeof value === "number" ? `${value.toFixed(1)} %` : undefined;
}

/** Prints columns under their heads; numbers with so many decimals. */
function table(heads: string[], lines: (string | number | null | undefined)[][], decimals: number): void {
    const cells = lines.map((line) =>
        line.map((cell) => (typeof cell === "number" ? cell.toFixed(decimals) : (cell ?? "–"))),
    );
    const widths = heads.map((head, i) =>
        Math.max(head.length, ...cells.map((line) => line[i]?.length ?? 0)),
    );
    for (const line of [heads, ...cells]) {
        const padded = line.map((cell, i) =>
            i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0),
        );
        console.log(`  ${padded.join("  ")}`);
    }
}
