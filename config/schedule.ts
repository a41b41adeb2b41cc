import type { Rule } from "./reader.ts";

/** crontab(5), as far as all targets know it: Google's are in scheduler/docs/configuring/cron-job-schedules. */
export const CRON: Rule = [
    "five fields of cron: minute hour day month weekday, in numbers, that name a day that comes; or nothing",
    { test: (text) => text === "" || isCron(text) },
    "0 3 * * *",
];

export const TIME_ZONE: Rule = [
    "a name of the IANA's time zones, such as Europe/London",
    { test: isTimeZone },
    "Europe/London",
];

/** Least and most of each field of cron. */
const CRON_FIELDS: [number, number][] = [
    [0, 59],
    [0, 23],
    [1, 31],
    [1, 12],
    [0, 7],
];

/** Of days 1 to 31; February's in a leap year. */
const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isCron(text: string): boolean {
    const fields = text.split(" ");
    if (fields.length !== CRON_FIELDS.length) {
        return false;
    }
    const values = CRON_FIELDS.map(([least, most], i) => fieldValues(fields[i] ?? "", least, most));
    return values.every((each) => each.length > 0) && comes(values, fields[4] !== "*");
}

/** Whether there is such a day, as there is no 30 February. Where weekdays are named too, one of them suffices. */
function comes([, , days = [], months = []]: number[][], weekdays: boolean): boolean {
    return weekdays || months.some((month) => days.some((day) => day <= (DAYS_OF_MONTH[month - 1] ?? 0)));
}

/** The values that a field of cron names, a list with commas between; none where it is not one. */
function fieldValues(field: string, least: number, most: number): number[] {
    const parts = field.split(",").map((part) => partValues(part, least, most));
    return parts.every((values) => values.length > 0) ? parts.flat() : [];
}

/** Of a number, or of `*` or a range with or without a step. */
function partValues(part: string, least: number, most: number): number[] {
    const [whole, from, to, step, only] = /^(?:(?:\*|(\d+)-(\d+))(?:\/(\d+))?|(\d+))$/.exec(part) ?? [];
    const [first, last] = [Number(from ?? only ?? least), Number(to ?? only ?? most)];
    const by = Number(step ?? 1);
    if (whole === undefined || first < least || last > most || first > last || by < 1) {
        return [];
    }
    return Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, i) => first + i * by);
}

function isTimeZone(name: string): boolean {
    try {
        new Intl.DateTimeFormat("en", { timeZone: name });
        return true;
    } catch {
        return false;
    }
}
