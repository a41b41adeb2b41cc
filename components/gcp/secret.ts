import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { grant } from "./grant.ts";

export interface GoogleSecretArgs {
    project: string;
    /** Name of the secret in the project. */
    secretId: string;
    /** Region in which it is stored. */
    region: string;
    /** Content of the secret; it is always treated as a secret. */
    content: pulumi.Input<string>;
    /** Service accounts that may read it, by a short name for each. */
    readers: Record<string, gcp.serviceaccount.Account>;
    /** Resources that have to exist before anybody reads it. */
    after?: pulumi.Resource[];
    /** Cloud KMS key that the service may use. Default: Google's own key. */
    kmsKey?: pulumi.Input<string>;
    /** Whether the secret refuses to be deleted. */
    protect: boolean;
}

/** Time for which the version from before a rotation is kept, disabled; Google's minimum is one day. */
const GRACE = "86400s";

/** A secret in Secret Manager, and the right to read it. */
export class GoogleSecret extends pulumi.ComponentResource {
    /** Address at which a driver reads the newest version. */
    readonly uri: pulumi.Output<string>;
    /** Resources that have to exist before it can be read. */
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
                // A replaced version is disabled at once; it can be enabled again during this time.
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
