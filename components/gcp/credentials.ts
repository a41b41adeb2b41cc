import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";

/** Environment variable that names a file with credentials; it takes precedence. */
const VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS";

/**
 * Checks that there are Application Default Credentials, with which provider and launchers log in. Only Google can tell whether
 * they are valid and what they allow.
 *
 * @throws {pulumi.RunError} with the command that creates them, if there are none
 */
export function demandCredentials(
    environment = process.env,
    home = homedir(),
    isOnGoogle = readProduct().startsWith("Google"),
): void {
    const named = environment[VARIABLE];
    if (named !== undefined && !existsSync(named)) {
        throw new pulumi.RunError(`${VARIABLE} is ${JSON.stringify(named)}, but there is no such file`);
    }
    const folder = environment.CLOUDSDK_CONFIG ?? join(home, ".config/gcloud");
    if (!named && !existsSync(join(folder, "application_default_credentials.json")) && !isOnGoogle) {
        throw new pulumi.RunError(
            "there are no credentials for Google Cloud. Log in: gcloud auth application-default login; " +
                `or name a file with a service account's or a workload identity's in ${VARIABLE}. See docs/gcp.md`,
        );
    }
}

/** Returns the machine's product name. Google's machines have their own credentials. */
function readProduct(): string {
    try {
        return readFileSync("/sys/class/dmi/id/product_name", "utf8");
    } catch {
        return "";
    }
}
