import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { filesOf } from "../components/common/digest.ts";

/**
 * The CSV files that `london-power:data` names.
 *
 * @param data a file, a folder or a glob; relative to the project's folder or absolute
 * @throws {pulumi.RunError} when there is none
 */
export function findReadings(data: string): string[] {
    const files = filesOf(data);
    if (files.length === 0) {
        throw new pulumi.RunError(
            `london-power:data is ${JSON.stringify(data)}, and there is no CSV file at ${resolve(data)}. ` +
                `Set it: pulumi config set london-power:data data/power_1.csv --stack ${pulumi.getStack()}`,
        );
    }
    return files;
}
