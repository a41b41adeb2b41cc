/** A reading as the file has it, its text cut into values. */
interface Reading {
    household: string;
    tariff: string;
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
        },
        monthlyKwhPerDay: monthlyKwhPerDay(measured),
        tariffs: tariffs(measured),
        tariffEffectPercent: tariffEffectPercent(measured),
    };
}

function parse(line: string): Reading {
    const [household = "", tariff = "", time = "", kwh = "", , group = ""] = line
        .split(",")
        .map((text) => text.trim());
    return {
        ...{ household, tariff, group },
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
    return {
        all: compare(readings),
        ...Object.fromEntries(
            groups.map((name) => [name, compare(readings.filter(({ group }) => group === name))]),
        ),
    };
}

/** Mean of the ToU households' means against that of the standard ones', in per cent. */
function tariffEffectPercent(readings: Reading[]): number {
    const [Std = 0, ToU = 0] = ["Std", "ToU"].map((tariff) => {
        const mine = readings.filter((reading) => reading.tariff === tariff);
        const means = [...new Set(mine.map(({ household }) => household))].map(
            (home) => meanKwh(mine.filter(({ household }) => household === home)) as number,
        );
        return means.reduce((sum, mean) => sum + mean, 0) / means.length;
    });
    return rounded(100 * (ToU / Std - 1));
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
