import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { MongoServer } from "../../provider/sdk/mongoServer.ts";
import { SecretFile } from "../../provider/sdk/secretFile.ts";
import type { Consumer, Documents, MongoLogin } from "../common/documents.ts";
import { serverOf } from "../common/mongoUri.ts";

export interface LocalDocumentsArgs {
    /** Absolute path of the folder for data and credentials. */
    workspace: pulumi.Input<string>;
    /** Port of the embedded server on 127.0.0.1; 0 for any free port. */
    port: pulumi.Input<number>;
    /** Connection string of the user's own MongoDB. Default: none; the embedded server is started. */
    uri?: pulumi.Input<string>;
    /** Name of the database. */
    database: pulumi.Input<string>;
}

/** MongoDB for the embedded target: the embedded server, or the user's own MongoDB. */
export class LocalDocuments extends pulumi.ComponentResource implements Documents {
    readonly database: pulumi.Output<string>;
    readonly generation: pulumi.Output<string>;
    readonly endpoints: Record<string, pulumi.Output<string>>;
    private readonly file: SecretFile;

    constructor(name: string, args: LocalDocumentsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:local:Documents", name, {}, opts);
        const under = (folder: string) =>
            pulumi.output(args.workspace).apply((workspace) => join(workspace, folder));
        let uri = args.uri;
        if (uri) {
            // Another server does not have the stored data.
            this.generation = pulumi.unsecret(pulumi.secret(uri).apply(serverOf));
            this.endpoints = {};
        } else {
            const server = new MongoServer(
                `${name}-server`,
                { dataDir: under("documents"), port: args.port },
                { parent: this },
            );
            uri = server.uri;
            this.generation = server.generation;
            this.endpoints = { mongo: server.uri };
        }
        this.database = pulumi.output(args.database);
        this.file = new SecretFile(
            `${name}-credentials`,
            { path: under("secrets/mongo-uri"), content: uri },
            { parent: this },
        );
        this.registerOutputs({ database: this.database });
    }

    /** Returns the same login for every consumer: the embedded server has no users, and the user's own MongoDB has one. */
    as(consumer: Consumer): MongoLogin {
        const { database, generation } = this;
        return { consumer, file: this.file.path, database, generation };
    }
}
