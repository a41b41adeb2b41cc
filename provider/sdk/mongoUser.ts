import * as pulumi from "@pulumi/pulumi";

export interface MongoUserArgs {
    /** Connection string of the server's administrator from this machine, always secret. */
    adminUri: pulumi.Input<string>;
    /** Name of the user. A change replaces the user. */
    user: pulumi.Input<string>;
    /** The password, always secret. An update changes it on the server. */
    password: pulumi.Input<string>;
    /** MongoDB's roles of the user, each in one database. */
    roles: pulumi.Input<pulumi.Input<{ role: string; db: string }>[]>;
}

/** A user of a MongoDB server. An update creates or repairs it if somebody has removed or changed it. */
export class MongoUser extends pulumi.CustomResource {
    declare readonly user: pulumi.Output<string>;
    declare readonly password: pulumi.Output<string>;
    /** False for a server that checks passwords but lets every user do everything, as the stand-in does. */
    declare readonly rolesEnforced: pulumi.Output<boolean>;

    constructor(name: string, args: MongoUserArgs, opts?: pulumi.CustomResourceOptions) {
        const { user, roles } = args;
        const secrets = { adminUri: pulumi.secret(args.adminUri), password: pulumi.secret(args.password) };
        super(
            "london-power:mongo:MongoUser",
            name,
            { user, roles, ...secrets, rolesEnforced: undefined },
            opts,
        );
    }
}
