import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";

/** Path of the prices, relative to the folder of the readings, as data/generate.py writes it. */
const BESIDE = join("prices", "day_ahead.csv");

/**
 * Returns the CSV file with the prices of the time-of-use tariff that `london-power:prices` names. Returns no file for `none`, and
 * for `auto` if there is no file of prices beside the readings.
 *
 * @param prices `auto`, `none` or a file; relative to the project's folder or absolute
 * @param readings the files with the readings
 * @throws {pulumi.RunError} if the file does not exist
 */
export function findPrices(prices: string, readings: string[]): string[] {
    if (prices === "none") {
        return [];
    }
    if (prices === "auto") {
        const beside = join(dirname(readings[0] ?? ""), BESIDE);
        return existsSync(beside) ? [beside] : [];
    }
    if (!existsSync(prices)) {
        throw new pulumi.RunError(
            `london-power:prices is ${JSON.stringify(prices)}, and there is no file ${resolve(prices)}. ` +
                `Set it, or go without: pulumi config set london-power:prices none --stack ${pulumi.getStack()}`,
        );
    }
    return [prices];
}

/** Whether a file contains prices instead of readings. */
export function holdsPrices(file: string): boolean {
    return file.endsWith(BESIDE);
}
