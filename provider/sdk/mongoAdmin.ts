import * as pulumi from "@pulumi/pulumi";

export interface MongoAdminArgs {
    /** Connection string of the server from this machine, without user and password. */
    uri: pulumi.Input<string>;
    /** Name of the administrator. */
    user: pulumi.Input<string>;
    /** The password, always secret. An update changes it on the server. */
    password: pulumi.Input<string>;
    /** The password that the administrator has after the first start of the server, always secret. */
    initialPassword: pulumi.Input<string>;
}

/** The password of the administrator that a MongoDB server creates at its first start. */
export class MongoAdmin extends pulumi.CustomResource {
    declare readonly user: pulumi.Output<string>;
    declare readonly password: pulumi.Output<string>;

    constructor(name: string, args: MongoAdminArgs, opts?: pulumi.CustomResourceOptions) {
        const { uri, user } = args;
        const secrets = {
            password: pulumi.secret(args.password),
            initialPassword: pulumi.secret(args.initialPassword),
        };
        super("london-power:mongo:MongoAdmin", name, { uri, user, ...secrets }, opts);
    }
}
