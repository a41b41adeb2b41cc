/** A reading as the file has it, its text cut into values. */
interface Reading {
    household: string;
    tariff: string;
    day: string;
    month: string;
    kwh: number | undefined;
    group: string;
}

/** The answers, counted over the file in the plainest way there is: what the platform's are held against. */
export function answersFrom(csv: string) {
    const lines = csv.trimEnd().split("\n").slice(1);
    const distinct = [...new Set(lines)];
    const readings = distinct.map(parse);
    const measured = readings.filter(({ kwh }) => kwh !== undefined);
    return {
        rows: {
            read: lines.length,
            missing: readings.length - measured.length,
            quarantined: 0,
            quarantineReasons: {},
            duplicate: lines.length - distinct.length,
            stored: distinct.length,
            loaded: new Set(readings.map(({ household, day }) => `${household} ${day}`)).size,
        },
        monthlyKwhPerDay: monthlyKwhPerDay(measured),
        tariffs: tariffs(measured.filter(({ month }) => month.startsWith("2013"))),
        tariffEffectPercent: tariffEffectPercent(measured.filter(({ month }) => month.startsWith("2013"))),
    };
}

function parse(line: string): Reading {
    const [household = "", tariff = "", time = "", kwh = "", , group = ""] = line
        .split(",")
        .map((text) => text.trim());
    return {
        household,
        tariff,
        group,
        day: time.slice(0, 10),
        month: time.slice(0, 7),
        kwh: kwh === "Null" ? undefined : Number(kwh),
    };
}

function monthlyKwhPerDay(readings: Reading[]): Record<string, Record<string, number>> {
    const table: Record<string, Record<string, number>> = {};
    for (const month of new Set(readings.map((reading) => reading.month))) {
        for (const group of new Set(readings.map((reading) => reading.group))) {
            const some = readings.filter((reading) => reading.month === month && reading.group === group);
            table[month] = { ...table[month], [group]: rounded(48 * (meanKwh(some) as number)) };
        }
    }
    return table;
}

function tariffs(readings: Reading[]) {
    const compare = (some: Reading[]) => {
        const [Std, ToU] = ["Std", "ToU"].map((tariff) =>
            meanKwh(some.filter((reading) => reading.tariff === tariff)),
        );
        const differencePercent = Std && ToU ? rounded(100 * (ToU / Std - 1)) : null;
        return { Std: Std ? rounded(Std) : null, ToU: ToU ? rounded(ToU) : null, differencePercent };
    };
    const groups = [...new Set(readings.map(({ group }) => group))];
    const mixed = groups.map((name) => readings.filter(({ group }) => group === name)).filter(hasBoth);
    return {
        all: compare(readings),
        standardised: oneMix(mixed),
        ...Object.fromEntries(
            groups.map((name) => [name, compare(readings.filter(({ group }) => group === name))]),
        ),
    };
}

/** Groups on both tariffs; on either a group counts by its time-of-use readings. */
function oneMix(groups: Reading[][]) {
    const counts = groups.map((some) => on("ToU", some).length);
    const [Std, ToU] = ["Std", "ToU"].map((tariff) =>
        weighted(
            groups.map((some) => meanKwh(on(tariff, some)) as number),
            counts,
        ),
    ) as [number, number];
    return { Std: rounded(Std), ToU: rounded(ToU), differencePercent: rounded(100 * (ToU / Std - 1)) };
}

/**
 * Mean of the ToU households' means against that of the standard ones', in per cent: within each group, and weighted by its ToU
 * households.
 */
function tariffEffectPercent(readings: Reading[]): number {
    const groups = [...new Set(readings.map(({ group }) => group))]
        .map((name) => readings.filter(({ group }) => group === name))
        .filter(hasBoth);
    const counts = groups.map((some) => homesOf(on("ToU", some)).length);
    const [Std = 0, ToU = 0] = ["Std", "ToU"].map((tariff) =>
        weighted(
            groups.map((some) => {
                const means = homesOf(on(tariff, some)).map((home) => meanKwh(home) as number);
                return weighted(
                    means,
                    means.map(() => 1),
                );
            }),
            counts,
        ),
    );
    return rounded(100 * (ToU / Std - 1));
}

function on(tariff: string, readings: Reading[]): Reading[] {
    return readings.filter((reading) => reading.tariff === tariff);
}

function hasBoth(readings: Reading[]): boolean {
    return on("Std", readings).length > 0 && on("ToU", readings).length > 0;
}

function homesOf(readings: Reading[]): Reading[][] {
    const names = [...new Set(readings.map(({ household }) => household))];
    return names.map((name) => readings.filter(({ household }) => household === name));
}

function weighted(values: number[], weights: number[]): number {
    const sum = values.reduce((total, value, at) => total + value * (weights[at] as number), 0);
    return sum / weights.reduce((total, weight) => total + weight, 0);
}

/** `undefined` of no readings. */
function meanKwh(readings: Reading[]): number | undefined {
    return readings.length > 0 ? total(readings) / readings.length : undefined;
}

function total(readings: Reading[]): number {
    // Whole Wh, so that the order of the sum does not matter.
    return readings.reduce((sum, { kwh }) => sum + Math.round((kwh as number) * 1000), 0) / 1000;
}

function rounded(value: number): number {
    return Number(value.toFixed(6));
}
