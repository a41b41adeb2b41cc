import type * as pulumi from "@pulumi/pulumi";

/** MongoDB for the jobs: where their logins are, never the logins themselves. */
export interface Documents {
    /** The database for readings and results. */
    readonly database: pulumi.Output<string>;
    /** Changes when the database is created again and its old content is lost. */
    readonly generation: pulumi.Output<string>;
    /** Returns the login of a consumer. */
    as(consumer: Consumer): MongoLogin;
}

/** A consumer's login to MongoDB, as a reference to its file. Only drivers with this reference get the file. */
export interface MongoLogin {
    readonly consumer: Consumer;
    /** The file with the connection string for the driver: a path or the URI of a secret. */
    readonly file: pulumi.Output<string>;
    /** The database for readings and results. */
    readonly database: pulumi.Output<string>;
    /** Changes when the database is created again and its old content is lost. */
    readonly generation: pulumi.Output<string>;
}

/** A consumer of MongoDB: `ingest` writes readings, `analysis` writes results. */
export type Consumer = "ingest" | "analysis";
