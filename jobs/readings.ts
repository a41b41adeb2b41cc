import { readFileSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { digestOf, filesOf, LARGE } from "../components/common/digest.ts";
import { holdsPrices } from "./prices.ts";

/**
 * Returns the CSV files that `london-power:data` names.
 *
 * @param data a file, a folder or a glob; relative to the project's folder or absolute
 * @throws {pulumi.RunError} if there is no file
 */
export function findReadings(data: string): string[] {
    const files = filesOf(data).filter((file) => !holdsPrices(file));
    if (files.length === 0) {
        throw new pulumi.RunError(
            `london-power:data is ${JSON.stringify(data)}, and there is no CSV file at ${resolve(data)}. ` +
                `Set it: pulumi config set london-power:data data/power_1.csv --stack ${pulumi.getStack()}`,
        );
    }
    return files;
}

/** The digest of each file by its path; after the digest stand, for people, the months that the file has rows of. */
export function digestsOf(files: string[]): Record<string, string> {
    return Object.fromEntries(
        files.map((file) => [relative(".", file), [digestOf([file]), ...monthsOf(file)].join(" ")]),
    );
}

/** The months in a file, as in `2013-01 to 2013-03, 2013-10`; nothing for a packed or a large file, which takes too long to read
 * for a preview. */
function monthsOf(file: string): string[] {
    if (!file.endsWith(".csv") || statSync(file).size > LARGE) {
        return [];
    }
    const found = readFileSync(file, "latin1").match(/20\d\d-(?:0[1-9]|1[0-2])(?=-\d\d \d\d:)/g);
    const stretches: string[][] = [];
    for (const month of [...new Set(found)].sort()) {
        const latest = stretches.at(-1);
        if (latest && after(latest.at(-1) ?? "") === month) {
            latest.push(month);
        } else {
            stretches.push([month]);
        }
    }
    return stretches.length > 0 ? [stretches.map(ends).join(", ")] : [];
}

/** `2013-12` → `2014-01` */
function after(month: string): string {
    const [year, number] = month.split("-").map(Number) as [number, number];
    return new Date(Date.UTC(year, number)).toISOString().slice(0, 7);
}

function ends(months: string[]): string {
    return months.length > 1 ? `${months[0]} to ${months.at(-1)}` : `${months[0]}`;
}
