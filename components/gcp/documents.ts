import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { RunsEnded } from "../../provider/sdk/runsEnded.ts";
import type { Consumer, Documents, MongoLogin } from "../common/documents.ts";
import { serverOf } from "../common/mongoUri.ts";
import { grant } from "./grant.ts";
import { GoogleSecret } from "./secret.ts";

/** Which of the platform's service accounts may read the credentials of whom. */
export type Readers = Record<Consumer, Record<string, gcp.serviceaccount.Account>>;

export interface GoogleDocumentsArgs {
    project: string;
    /** Id of the Firestore database, and the beginning of the secrets' names. */
    prefix: string;
    region: string;
    /** Connection string of a MongoDB of the user's own. Default: Firestore with MongoDB compatibility. */
    uri?: pulumi.Input<string>;
    /** Name of the database on a MongoDB of the user's own. */
    database: string;
    readers: Readers;
    /** How often the passwords of Firestore's users have been rotated. */
    rotation: number;
    /** A key of Cloud KMS that Secret Manager may use; absent for Google's own. */
    kmsKey?: pulumi.Input<string>;
    /** Name of the cluster whose jobs log in; "" where they are Serverless batches. */
    cluster: string;
    /** Base URL of a server that takes Google's place, or "" for Google's own. */
    endpoint: string;
    /** Refuses to delete database and secrets. */
    protect: boolean;
}

/** MongoDB: Firestore, which talks its protocol, or the user's own. Jobs find their connection strings in Secret Manager. */
export class GoogleDocuments extends pulumi.ComponentResource implements Documents {
    readonly database: pulumi.Output<string>;
    readonly generation: pulumi.Output<string>;
    /** What has to be there before a job can log in. */
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
            // Another server has none of what was stored.
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
                // Left to itself it would stay, and go on costing.
                deletionPolicy: protect ? "PREVENT" : "DELETE",
            },
            { parent: this, protect, dependsOn: opts.dependsOn },
        );
        const user = (consumer: Consumer) =>
            new gcp.firestore.UserCreds(
                `${name}-${consumer}-user`,
                // Google makes the passwords, so that another one is another user: made, handed out, and then the old one goes.
                { database: this.database.name, name: `${consumer}-${args.rotation}` },
                { parent: this, additionalSecretOutputs: ["securePassword"] },
            );
        this.users = { ingest: user("ingest"), analysis: user("analysis") };
        // With the next rotation another one is made, and this one waits before the users of before go.
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

    /** The connection string of a consumer, with what Firestore asks of MongoDB's drivers. */
    uri(consumer: Consumer): pulumi.Output<string> {
        const { name, securePassword } = this.users[consumer];
        const password = pulumi.secret(securePassword).apply(encodeURIComponent);
        const options = "loadBalanced=true&authMechanism=SCRAM-SHA-256&tls=true&retryWrites=false";
        const host = pulumi.interpolate`${this.database.uid}.${this.region}.firestore.goog:443`;
        return pulumi.interpolate`mongodb://${name}:${password}@${host}/${this.database.name}?${options}`;
    }
}
