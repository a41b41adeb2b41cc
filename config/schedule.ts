import { Cron } from "croner";
import type { Rule } from "./kinds.ts";

/** The part of crontab(5) that every target supports; Google documents its own in scheduler/docs/configuring/cron-job-schedules. */
export const CRON: Rule = {
    allowed:
        "the five fields of cron in numbers (minute hour day month weekday) for a day that exists, or nothing",
    pattern: { test: (text) => text === "" || isCron(text) },
    example: "0 3 * * *",
};

export const TIME_ZONE: Rule = {
    allowed: "an IANA time zone such as Europe/London",
    pattern: { test: isTimeZone },
    example: "Europe/London",
};

/** A field that every target supports: numbers, ranges and `*`, with or without a step, separated by commas. */
const FIELD = /^(\d+|(\*|\d+-\d+)(\/\d+)?)(,(\d+|(\*|\d+-\d+)(\/\d+)?))*$/;

function isCron(text: string): boolean {
    const fields = text.split(" ");
    const [day = "", weekday = ""] = [fields[2], fields[4]];
    // Implementations of cron differ: some require both the day and the weekday, for others either is enough.
    const isAmbiguous = day !== "*" && weekday !== "*" && (day.startsWith("*") || weekday.startsWith("*"));
    return fields.length === 5 && fields.every((field) => FIELD.test(field)) && !isAmbiguous && comes(text);
}

/** Whether the schedule ever comes; 30 February does not. */
function comes(text: string): boolean {
    try {
        return new Cron(text, { mode: "5-part", timezone: "UTC" }).nextRun() !== null;
    } catch {
        return false;
    }
}

function isTimeZone(name: string): boolean {
    try {
        new Intl.DateTimeFormat("en", { timeZone: name });
        return true;
    } catch {
        return false;
    }
}
