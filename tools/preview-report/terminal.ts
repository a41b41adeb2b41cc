// The report as text in a terminal.
import type { Forecast } from "./forecast.ts";
import { MONTH, prices } from "./listPrice.ts";
import type { PropertyChange } from "./properties.ts";
import { kindOf, OPERATIONS, type StackReport } from "./report.ts";

const SIGNS = { create: "+", update: "~", replace: "±", delete: "-" };

export function terminal({
    stack,
    counts,
    losses,
    jobs,
    costs,
    forecast,
    changes,
    errors,
    warnings,
}: StackReport): string {
    const numbers = OPERATIONS.filter((operation) => counts[operation] > 0);
    const summary = numbers.map((operation) => `${counts[operation]} to ${operation}`).join(", ");
    return [
        ...errors.map((error) => `${error}\n`),
        ...(errors.length > 0 ? [] : [`Stack ${stack}: ${summary || "nothing to do"}`]),
        ...list(
            "DATA ARE LOST",
            losses.map(({ change, what }) => `${change.name} is ${change.operation}d, and ${what} with it`),
        ),
        ...list(
            "Jobs that run",
            jobs.map(({ name, why }) => `${name}: ${why}`),
        ),
        ...list(
            "Cost",
            changes.every(({ operation }) => operation === "create")
                ? []
                : costs.map(({ name, what }) => `${name} ${what}`),
        ),
        ...list("Warnings", warnings),
        ...list(
            "Changes",
            changes.flatMap(({ operation, type, name, properties }) => [
                `${SIGNS[operation]} ${operation} ${name} (${kindOf(type)})`,
                ...properties.map((property) => `    ${propertyLine(property)}`),
            ]),
        ),
        ...(forecast && errors.length === 0 ? forecastLines(forecast) : []),
    ].join("\n");
}

function forecastLines({ prices: lines, notes, sum }: Forecast): string[] {
    const row = (what: string, ...amounts: string[]) =>
        `  ${what.padEnd(56)}${amounts.map((amount) => amount.padStart(17)).join("")}`;
    return [
        "",
        `What the stack costs by Google's list prices of ${prices.region}, of ${prices.asOf}: US dollars without tax, discounts and free tiers`,
        row("", "an hour idle", "an hour of jobs", "a month idle"),
        ...lines.map(({ what, idle, jobs }) => row(what, price(idle), price(jobs), money(idle * MONTH))),
        row("all", price(sum.idle), price(sum.jobs), money(sum.month)),
        "  Not in the sums:",
        ...notes.map((note) => `    ${note}.`),
    ];
}

function price(amount: number): string {
    return amount.toFixed(4);
}

function money(amount: number): string {
    return amount.toFixed(2);
}

function propertyLine({ path, before = "(nothing)", after = "(nothing)", replaces }: PropertyChange): string {
    return `${path}: ${before} → ${after}${replaces ? "  (needs a new resource)" : ""}`;
}

function list(title: string, lines: string[]): string[] {
    return lines.length > 0 ? ["", title, ...lines.map((line) => `  ${line}`)] : [];
}
