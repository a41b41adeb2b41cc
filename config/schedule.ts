import { Cron } from "croner";
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

/** What all targets know of a field: numbers, ranges of them and `*`, with or without a step, with commas between. */
const FIELD = /^(\d+|(\*|\d+-\d+)(\/\d+)?)(,(\d+|(\*|\d+-\d+)(\/\d+)?))*$/;

function isCron(text: string): boolean {
    const fields = text.split(" ");
    const [day = "", weekday = ""] = [fields[2], fields[4]];
    // Whether such a day and weekday have to come together, or either suffices, is told differently by those who know cron.
    const isAmbiguous = day !== "*" && weekday !== "*" && (day.startsWith("*") || weekday.startsWith("*"));
    return fields.length === 5 && fields.every((field) => FIELD.test(field)) && !isAmbiguous && comes(text);
}

/** Whether there is such a time, as there is none on 30 February. */
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
