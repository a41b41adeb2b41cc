import type { Rule } from "./reader.ts";

/** crontab(5), as far as all targets know it: Google's are in scheduler/docs/configuring/cron-job-schedules. */
export const CRON: Rule = [
    "five fields of cron: minute hour day month weekday, in numbers; or nothing",
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

function isCron(text: string): boolean {
    const fields = text.split(" ");
    return (
        fields.length === CRON_FIELDS.length &&
        CRON_FIELDS.every(([least, most], i) =>
            fields[i]?.split(",").every((part) => isCronPart(part, least, most)),
        )
    );
}

/** Of a list in a field of cron: a number, or `*` or a range with or without a step. */
function isCronPart(part: string, least: number, most: number): boolean {
    const [whole, from, to, step, only] = /^(?:(?:\*|(\d+)-(\d+))(?:\/(\d+))?|(\d+))$/.exec(part) ?? [];
    const [first, last] = [Number(from ?? only ?? least), Number(to ?? only ?? most)];
    return whole !== undefined && first >= least && last <= most && first <= last && step !== "0";
}

function isTimeZone(name: string): boolean {
    try {
        new Intl.DateTimeFormat("en", { timeZone: name });
        return true;
    } catch {
        return false;
    }
}
