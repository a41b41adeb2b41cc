import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";

/** Names a file with credentials that goes before all others. */
const VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS";

/**
 * Refuses to begin where there are no Application Default Credentials: provider and launchers log in by them. Whether they
 * are good, and what they may do, only Google can tell.
 *
 * @throws {pulumi.RunError} with the command that makes them
 */
export function demandCredentials(
    environment = process.env,
    home = homedir(),
    isOnGoogle = readProduct().startsWith("Google"),
): void {
    const named = environment[VARIABLE];
    if (named !== undefined && !existsSync(named)) {
        throw new pulumi.RunError(`${VARIABLE} is ${JSON.stringify(named)}, and there is no such file`);
    }
    const folder = environment.CLOUDSDK_CONFIG ?? join(home, ".config/gcloud");
    if (!named && !existsSync(join(folder, "application_default_credentials.json")) && !isOnGoogle) {
        throw new pulumi.RunError(
            "there are no credentials for Google Cloud. Log in: gcloud auth application-default login; " +
                `or name a file with a service account's or a workload identity's in ${VARIABLE}. See docs/gcp.md`,
        );
    }
}

/** What the machine calls itself; those of Google's have credentials of their own. */
function readProduct(): string {
    try {
        return readFileSync("/sys/class/dmi/id/product_name", "utf8");
    } catch {
        return "";
    }
}
