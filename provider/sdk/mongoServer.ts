import * as pulumi from "@pulumi/pulumi";

export interface MongoServerArgs {
    /** Absolute path of the folder for data, log and record. It is deleted with the server. */
    dataDir: pulumi.Input<string>;
    /** Port on 127.0.0.1. Default: 0, any free port; the server keeps it. */
    port?: pulumi.Input<number>;
}

/**
 * The embedded server with MongoDB's protocol: a process of this machine that outlives the deployment and ends with the
 * resource. An update starts it again if it does not answer. It listens on 127.0.0.1 and checks no password.
 */
export class MongoServer extends pulumi.CustomResource {
    /** Connection string, without a database. */
    declare readonly uri: pulumi.Output<string>;
    /** Changes when the data folder is created again and its old content is lost. */
    declare readonly generation: pulumi.Output<string>;
    /** Path of the server's log. */
    declare readonly log: pulumi.Output<string>;

    constructor(name: string, args: MongoServerArgs, opts?: pulumi.CustomResourceOptions) {
        const inputs = { dataDir: args.dataDir, port: args.port ?? 0 };
        const outputs = { uri: undefined, generation: undefined, log: undefined };
        super("london-power:local:MongoServer", name, { ...inputs, ...outputs }, opts);
    }
}
