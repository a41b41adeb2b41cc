// The report as one comment of a pull request.
import type { Change } from "./changes.ts";
import type { Forecast } from "./forecast.ts";
import { prices } from "./listPrice.ts";
import type { PropertyChange } from "./properties.ts";
import { kindOf, OPERATIONS, type StackReport } from "./report.ts";

/** The mark by which the comment is found again and edited. */
export const MARK = "<!-- london-power:preview-report -->";

/** GitHub's limit for a comment is 65,536 characters. */
const MOST = 64_000;

/** Maximum number of lines in a list, so that the part above the details stays readable. */
const MOST_LINES = 50;

/**
 * Returns the comment: first the numbers, losses of data, jobs and cost of all stacks, then the properties of as many changes
 * as fit.
 */
export function comment(reports: StackReport[], most = MOST): string {
    const head = [
        MARK,
        "## What this pull request changes",
        "",
        ...table(reports),
        ...reports.flatMap(warningsOf),
    ];
    const sections = reports.map((report) => ({
        report,
        lines: sectionOf(report),
        details: detailsOf(report),
    }));
    let room = most - length(head) - sections.reduce((sum, { lines }) => sum + length(lines) + 200, 0);
    const shown = sections.flatMap(({ lines, details }) => {
        const taken = details.filter((detail) => {
            const fits = room - detail.length - 1 > 0;
            // The first change that does not fit ends the list: a smaller one after it is not more important.
            room = fits ? room - detail.length - 1 : 0;
            return fits;
        });
        const left = details.length - taken.length;
        const rest =
            left > 0 ? [`${left} more changes find no room here; the job's summary has them all.`, ""] : [];
        return [...lines, ...taken, ...rest];
    });
    const text = [...head, ...shown].join("\n");
    return text.length <= most ? `${text}\n` : `${text.slice(0, most - 40)}\n\n… cut: too much to say.\n`;
}

function table(reports: StackReport[]): string[] {
    const row = ({ stack, counts, jobs, errors }: StackReport) =>
        errors.length > 0
            ? `| ${code(stack)} | the preview failed | | | | |`
            : `| ${code(stack)} | ${OPERATIONS.map((operation) => counts[operation] || "–").join(" | ")} | ${jobs.map(({ name }) => code(name)).join(", ") || "–"} |`;
    return [
        "| stack | create | update | replace | delete | jobs that run |",
        "|---|--:|--:|--:|--:|---|",
        ...reports.map(row),
        "",
    ];
}

function warningsOf({ stack, losses, errors }: StackReport): string[] {
    const lines = losses.map(
        ({ change: { name, type, operation }, what }) =>
            `> - ${code(stack)}: ${code(name)} (${kindOf(type)}) is **${operation}d**, and ${what} with it`,
    );
    return [
        ...errors.flatMap((error) => [`The preview of ${code(stack)} failed:`, fenced(error, "text"), ""]),
        ...(lines.length > 0 ? ["> [!WARNING]", "> **Data are lost:**", ...clipped(lines, "> - "), ""] : []),
    ];
}

function sectionOf({
    stack,
    jobs,
    costs,
    forecast,
    forecastBefore,
    changes,
    pending,
    deployed,
    errors,
    warnings,
}: StackReport): string[] {
    if (errors.length > 0) {
        return [];
    }
    const basis = deployed
        ? "Measured against what is deployed."
        : "Measured plan against plan, as nothing is deployed where this ran.";
    const also = pending > 0 ? ` ${pending} other changes are due already without it.` : "";
    const unsure = changes.filter((change) => change.unsure).length;
    return [
        `### Stack ${code(stack)}`,
        "",
        `${changes.length === 0 ? "Nothing changes." : basis}${also}`,
        ...(unsure > 0
            ? [`The provider was not asked whether ${unsure} of the updates need a new resource.`]
            : []),
        "",
        ...list(
            "Jobs that run",
            jobs.map(({ name, why }) => `- ${code(name)}: ${plain(why)}`),
        ),
        ...list("Cost", [
            ...costs.map(({ name, what }) => `- ${code(name)}: ${plain(what)}`),
            ...(forecast ? forecastLines(forecast, forecastBefore) : []),
        ]),
        ...list(
            "Warnings",
            warnings.map((warning) => `- ${plain(warning)}`),
        ),
    ];
}

/** Returns the cost of each kind of hour, before and after if they differ. */
function forecastLines({ sum }: Forecast, before?: Forecast): string[] {
    const labels = { idle: "an hour idle", jobs: "an hour of jobs", month: "a month idle" } as const;
    const amounts = (Object.keys(labels) as (keyof typeof labels)[]).map((key) => {
        const [was, now] = [before?.sum[key].toFixed(2), sum[key].toFixed(2)];
        return `${was && was !== now ? `$${was} → ` : ""}$${now} ${labels[key]}`;
    });
    return [`- by Google's list prices of ${prices.region}, of ${prices.asOf}: ${amounts.join(", ")}`];
}

/**
 * Returns a text for each change, the most important first. Created and deleted resources have no properties to compare and
 * share one.
 */
function detailsOf({ changes, errors }: StackReport): string[] {
    if (errors.length > 0) {
        return [];
    }
    const compared = changes.filter(({ operation }) => operation === "replace" || operation === "update");
    const others = (["delete", "create"] as const).flatMap((operation) => {
        const named = changes.filter((change) => change.operation === operation);
        const lines = named.map(({ name, type }) => `- ${code(name)} (${kindOf(type)})`);
        return named.length > 0
            ? [folded(`${operation} ${named.length}`, clipped(lines, "- ").join("\n"))]
            : [];
    });
    return [...compared.map(detail), ...others];
}

function detail({ operation, type, name, properties, unsure }: Change): string {
    const lines = properties.flatMap(propertyLines);
    const body = lines.length > 0 ? fenced(lines.join("\n"), "diff") : "The provider says no more.";
    return folded(`${unsure ? "update or replace" : operation} ${code(name)} (${kindOf(type)})`, body);
}

function propertyLines({ path, before, after, replaces }: PropertyChange): string[] {
    const line = (sign: string, value: string | undefined) =>
        value === undefined ? [] : [`${sign} ${path}: ${value}`.replaceAll("\n", "⏎")];
    return [...(replaces ? ["# needs a new resource:"] : []), ...line("-", before), ...line("+", after)];
}

function folded(summary: string, body: string): string {
    return `<details><summary>${html(summary)}</summary>\n\n${body}\n\n</details>\n`;
}

/** Encloses a text in more backticks than it has in a row, so that nothing in it is Markdown. */
function fenced(text: string, language: string): string {
    const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
    const fence = "`".repeat(longest + 1);
    return `${fence}${language}\n${text}\n${fence}`;
}

function code(text: string): string {
    return `\`${text.replaceAll("`", "'").replaceAll(/[\n|]/g, " ")}\``;
}

/** Returns a text as HTML for a summary, in which Markdown has no effect. */
function html(text: string): string {
    return text
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(/`([^`]*)`/g, "<code>$1</code>");
}

/** Returns text from the code under review in one line, without Markdown. */
function plain(text: string): string {
    return text
        .replaceAll(/\s+/g, " ")
        .replaceAll(/[\\`*_[\]<>|#@]/g, (sign) =>
            sign === "_" ? sign : sign === "@" ? "@\u200b" : `\\${sign}`,
        );
}

function list(title: string, lines: string[]): string[] {
    return lines.length > 0 ? [`**${title}**`, ...clipped(lines, "- "), ""] : [];
}

function clipped(lines: string[], bullet: string): string[] {
    return lines.length <= MOST_LINES
        ? lines
        : [...lines.slice(0, MOST_LINES), `${bullet}… and ${lines.length - MOST_LINES} more`];
}

function length(lines: string[]): number {
    return lines.join("\n").length + 1;
}
