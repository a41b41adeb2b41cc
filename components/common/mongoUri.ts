import { createHash } from "node:crypto";
import { ConnectionString } from "mongodb-connection-string-url";

/** A digest of the hosts of a connection string, without user, password and options. */
export function serverOf(uri: string): string {
    const hosts = [...new ConnectionString(uri).hosts].sort().join(",");
    return createHash("sha256").update(hosts).digest("hex").slice(0, 16);
}
