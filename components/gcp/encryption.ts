import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { grant } from "./grant.ts";

export interface EncryptionArgs {
    project: string;
    /** The key's whole name. */
    kmsKey: string;
}

/** Lets Cloud Storage and BigQuery use a key of the customer's own. */
export class Encryption extends pulumi.ComponentResource {
    /** The key's whole name, once the services may use it. */
    readonly kmsKey: pulumi.Output<string>;

    constructor(name: string, args: EncryptionArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:Encryption", name, {}, opts);
        const { project, kmsKey } = args;
        const ask = { parent: this, dependsOn: opts?.dependsOn };
        const agents = {
            storage: gcp.storage.getProjectServiceAccountOutput({ project }, ask).emailAddress,
            bigquery: gcp.bigquery.getDefaultServiceAccountOutput({ project }, ask).email,
        };
        const grants = Object.entries(agents).map(([service, email]) =>
            grant(
                `${name}-${service}`,
                pulumi.interpolate`serviceAccount:${email}`,
                "roles/cloudkms.cryptoKeyEncrypterDecrypter",
                { kmsKey },
                this,
            ),
        );
        this.kmsKey = pulumi.all(grants.map(({ urn }) => urn)).apply(() => kmsKey);
        this.registerOutputs({ kmsKey: this.kmsKey });
    }
}
