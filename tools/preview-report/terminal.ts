// The report as text in a terminal.
import type { PropertyChange } from "./properties.ts";
import { kindOf, OPERATIONS, type StackReport } from "./report.ts";

const SIGNS = { create: "+", update: "~", replace: "±", delete: "-" };

export function terminal({
    stack,
    counts,
    losses,
    jobs,
    costs,
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
    ].join("\n");
}

function propertyLine({ path, before = "(nothing)", after = "(nothing)", replaces }: PropertyChange): string {
    return `${path}: ${before} → ${after}${replaces ? "  (needs a new resource)" : ""}`;
}

function list(title: string, lines: string[]): string[] {
    return lines.length > 0 ? ["", title, ...lines.map((line) => `  ${line}`)] : [];
}
