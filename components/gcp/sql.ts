import { readFileSync } from "node:fs";

/** The views of the warehouse, each after the views that it reads. */
export const VIEWS = ["lake_readings", "household_months", "monthly_by_acorn", "std_vs_tou"] as const;

/**
 * Returns a statement of `sql/`.
 *
 * @param dataset the dataset with its tables, such as `` `project.dataset` ``
 */
export function statement(name: string, dataset: string): string {
    const text = readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), "utf8");
    return text.replaceAll("{{dataset}}", dataset);
}
