import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { grant } from "./grant.ts";

export interface GoogleSecretArgs {
    project: string;
    /** Its name in the project. */
    secretId: string;
    /** Where it is kept. */
    region: string;
    /** What it holds; always kept as a secret. */
    content: pulumi.Input<string>;
    /** Service accounts that may read it, by a short name each. */
    readers: Record<string, gcp.serviceaccount.Account>;
    /** What has to be there before anybody reads it. */
    after?: pulumi.Resource[];
    /** A key of Cloud KMS that the service may use; absent for Google's own. */
    kmsKey?: pulumi.Input<string>;
    /** Refuses to be deleted. */
    protect: boolean;
}

/** How long a version of before a rotation is kept disabled; the least that Google allows is a day. */
const GRACE = "86400s";

/** A secret in Secret Manager, and who may read it. */
export class GoogleSecret extends pulumi.ComponentResource {
    /** Where a driver finds the newest version. */
    readonly uri: pulumi.Output<string>;
    /** What has to be there before it can be read. */
    readonly ready: pulumi.Resource[];

    constructor(name: string, args: GoogleSecretArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:Secret", name, {}, opts);
        const { project, secretId, protect, kmsKey } = args;
        const secret = new gcp.secretmanager.Secret(
            `${name}-secret`,
            {
                secretId,
                replication: {
                    userManaged: {
                        replicas: [
                            {
                                location: args.region,
                                customerManagedEncryption: kmsKey ? { kmsKeyName: kmsKey } : undefined,
                            },
                        ],
                    },
                },
                deletionProtection: protect,
                // A version that has been replaced is disabled at once, and can be enabled again for as long as this.
                versionDestroyTtl: GRACE,
            },
            { parent: this, protect, dependsOn: opts?.dependsOn },
        );
        const version = new gcp.secretmanager.SecretVersion(
            `${name}-version`,
            { secret: secret.id, secretData: pulumi.secret(args.content) },
            { parent: this, additionalSecretOutputs: ["secretData"], dependsOn: args.after },
        );
        const readers = Object.entries(args.readers).map(([who, account]) =>
            grant(`${name}-${who}`, account, "roles/secretmanager.secretAccessor", { secret }, this),
        );
        this.uri = pulumi.interpolate`sm://projects/${project}/secrets/${secret.secretId}`;
        this.ready = [version, ...readers];
        this.registerOutputs({ uri: this.uri });
    }
}
