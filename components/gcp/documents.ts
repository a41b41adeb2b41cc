import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { RunsEnded } from "../../provider/sdk/runsEnded.ts";
import type { Consumer, Documents, MongoLogin } from "../common/documents.ts";
import { serverOf } from "../common/mongoUri.ts";
import { grant } from "./grant.ts";
import { GoogleSecret } from "./secret.ts";

/** The service accounts that may read each consumer's credentials. */
export type Readers = Record<Consumer, Record<string, gcp.serviceaccount.Account>>;

export interface GoogleDocumentsArgs {
    project: string;
    /** Id of the Firestore database, and prefix of the secrets' names. */
    prefix: string;
    region: string;
    /** Connection string of the user's own MongoDB. Default: none; Firestore with MongoDB compatibility is used. */
    uri?: pulumi.Input<string>;
    /** Name of the database on the user's own MongoDB. */
    database: string;
    readers: Readers;
    /** How often the passwords of Firestore's users have been rotated. */
    rotation: number;
    /** Cloud KMS key that Secret Manager may use. Default: Google's own key. */
    kmsKey?: pulumi.Input<string>;
    /** Name of the cluster whose jobs log in; "" for Serverless batches. */
    cluster: string;
    /** Base URL of a server in place of Google's; "" for Google's own. */
    endpoint: string;
    /** Whether database and secrets refuse to be deleted. */
    protect: boolean;
}

/** MongoDB: Firestore, which speaks its protocol, or the user's own server. Secret Manager has the jobs' connection strings. */
export class GoogleDocuments extends pulumi.ComponentResource implements Documents {
    readonly database: pulumi.Output<string>;
    readonly generation: pulumi.Output<string>;
    /** Resources that have to exist before a job can log in. */
    readonly ready: pulumi.Resource[];
    private readonly secrets: Record<Consumer, GoogleSecret>;

    constructor(name: string, args: GoogleDocumentsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:Documents", name, {}, opts);
        const { project, prefix, region, protect, readers, kmsKey } = args;
        const child = { parent: this, dependsOn: opts?.dependsOn };
        const firestore = args.uri ? undefined : new Firestore(name, args, child);
        const secret = (consumer: Consumer) =>
            new GoogleSecret(
                `${name}-${consumer}`,
                {
                    project,
                    region,
                    protect,
                    kmsKey,
                    readers: readers[consumer],
                    secretId: `${prefix}-mongo-${consumer}`,
                    content: firestore?.uri(consumer) ?? (args.uri as pulumi.Input<string>),
                    after: firestore?.ready,
                },
                child,
            );
        this.secrets = { ingest: secret("ingest"), analysis: secret("analysis") };
        this.database = pulumi.output(firestore?.database.name ?? args.database);
        this.generation =
            firestore?.database.uid ??
            // Another server does not have the stored data.
            pulumi.unsecret(pulumi.secret(args.uri as pulumi.Input<string>).apply(serverOf));
        this.ready = [this.secrets.ingest, this.secrets.analysis].flatMap(({ ready }) => ready);
        this.ready.push(...(firestore?.ready ?? []));
        this.registerOutputs({ database: this.database });
    }

    as(consumer: Consumer): MongoLogin {
        const { database, generation } = this;
        return { consumer, file: this.secrets[consumer].uri, database, generation };
    }
}

/** A Firestore database of the Enterprise edition, with a user for each consumer. */
class Firestore extends pulumi.ComponentResource {
    readonly database: gcp.firestore.Database;
    readonly ready: pulumi.Resource[];
    private readonly region: string;
    private readonly users: Record<Consumer, gcp.firestore.UserCreds>;

    constructor(name: string, args: GoogleDocumentsArgs, opts: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:Firestore", name, {}, opts);
        const { project, prefix, region, protect } = args;
        this.region = region;
        this.database = new gcp.firestore.Database(
            `${name}-database`,
            {
                name: prefix,
                locationId: region,
                type: "FIRESTORE_NATIVE",
                databaseEdition: "ENTERPRISE",
                mongodbCompatibleDataAccessMode: "DATA_ACCESS_MODE_ENABLED",
                deleteProtectionState: protect ? "DELETE_PROTECTION_ENABLED" : "DELETE_PROTECTION_DISABLED",
                // Otherwise the database would stay and keep costing money.
                deletionPolicy: protect ? "PREVENT" : "DELETE",
            },
            { parent: this, protect, dependsOn: opts.dependsOn },
        );
        const user = (consumer: Consumer) =>
            new gcp.firestore.UserCreds(
                `${name}-${consumer}-user`,
                // Google generates the passwords, so a new password needs a new user. The old user is deleted when the jobs have
                // the new one.
                { database: this.database.name, name: `${consumer}-${args.rotation}` },
                { parent: this, additionalSecretOutputs: ["securePassword"] },
            );
        this.users = { ingest: user("ingest"), analysis: user("analysis") };
        // The next rotation creates a new resource. The deletion of this one waits for running jobs before the old users go.
        new RunsEnded(
            `${name}-runs-${args.rotation}`,
            { project, region, cluster: args.cluster, stack: pulumi.getStack(), endpoint: args.endpoint },
            { parent: this, dependsOn: [this.users.ingest, this.users.analysis] },
        );
        const condition = {
            title: `Only ${prefix}`,
            expression: `resource.name == "projects/${project}/databases/${prefix}"`,
        };
        this.ready = Object.entries(this.users).map(([consumer, { resourceIdentities }]) =>
            grant(
                `${name}-${consumer}`,
                resourceIdentities.apply(([identity]) => identity?.principal ?? ""),
                "roles/datastore.user",
                { project, condition },
                this,
            ),
        );
        this.registerOutputs({});
    }

    /** Returns a consumer's connection string, with the options that Firestore requires of MongoDB's drivers. */
    uri(consumer: Consumer): pulumi.Output<string> {
        const { name, securePassword } = this.users[consumer];
        const password = pulumi.secret(securePassword).apply(encodeURIComponent);
        const options = "loadBalanced=true&authMechanism=SCRAM-SHA-256&tls=true&retryWrites=false";
        const host = pulumi.interpolate`${this.database.uid}.${this.region}.firestore.goog:443`;
        return pulumi.interpolate`mongodb://${name}:${password}@${host}/${this.database.name}?${options}`;
    }
}
