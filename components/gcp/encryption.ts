import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { grant } from "./grant.ts";

export interface EncryptionArgs {
    project: string;
    /** Full name of the key. */
    kmsKey: string;
    /** Whether there is a Workbench instance. */
    workbench: boolean;
    /** Whether there is an Artifact Registry repository. */
    repository: boolean;
}

/** Lets the services that store data use the customer's own key. Each service uses it through its Google-managed account. */
export class Encryption extends pulumi.ComponentResource {
    /** Full name of the key; known when the services may use it. */
    readonly kmsKey: pulumi.Output<string>;

    constructor(name: string, args: EncryptionArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:Encryption", name, {}, opts);
        const { project, kmsKey, workbench, repository } = args;
        const ask = { parent: this, dependsOn: opts?.dependsOn };
        const { number } = gcp.organizations.getProjectOutput({ projectId: project }, ask);
        // Google creates the account of these services only on request.
        const identityOf = (service: string) =>
            new gcp.projects.ServiceIdentity(
                `${name}-${service}-agent`,
                { service: `${service}.googleapis.com` },
                { parent: this, dependsOn: opts?.dependsOn },
            ).email;
        const agents: Record<string, pulumi.Output<string>> = {
            storage: gcp.storage.getProjectServiceAccountOutput({ project }, ask).emailAddress,
            bigquery: gcp.bigquery.getDefaultServiceAccountOutput({ project }, ask).email,
            // For the disks of the cluster, of batches and of the Workbench instance.
            compute: pulumi.interpolate`service-${number}@compute-system.iam.gserviceaccount.com`,
            dataproc: pulumi.interpolate`service-${number}@dataproc-accounts.iam.gserviceaccount.com`,
            secretmanager: identityOf("secretmanager"),
        };
        if (workbench) {
            agents.notebooks = identityOf("notebooks");
        }
        if (repository) {
            agents.artifactregistry = identityOf("artifactregistry");
        }
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
