import * as pulumi from "@pulumi/pulumi";

export interface MongoAdminArgs {
    /** Connection string of the server, as this machine sees it, without user and password. */
    uri: pulumi.Input<string>;
    /** Name of the administrator. */
    user: pulumi.Input<string>;
    /** Always kept as a secret; a change is made on the server at once. */
    password: pulumi.Input<string>;
    /** The one that the server gives its administrator at its first start; always kept as a secret. */
    initialPassword: pulumi.Input<string>;
}

/** The password of the administrator that a MongoDB server has made by itself. */
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
