import { readFileSync } from "node:fs";

/** The views of the warehouse, each after those that it reads. */
export const VIEWS = ["lake_readings", "household_months", "monthly_by_acorn", "std_vs_tou"] as const;

/** A text of `sql/`, or what is said of columns there. */
export function textOf(file: string): string {
    return readFileSync(new URL(`./sql/${file}`, import.meta.url), "utf8");
}

/**
 * A statement of `sql/`.
 *
 * @param dataset what its tables are in, such as `` `project.dataset` ``
 */
export function statement(name: string, dataset: string): string {
    return textOf(`${name}.sql`).replaceAll("{{dataset}}", dataset);
}
