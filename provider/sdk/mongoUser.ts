import * as pulumi from "@pulumi/pulumi";

export interface MongoUserArgs {
    /** Connection string of the server's administrator, as this machine sees the server; always kept as a secret. */
    adminUri: pulumi.Input<string>;
    /** Name of the user. Another one is another user. */
    user: pulumi.Input<string>;
    /** Always kept as a secret; a change is made on the server at once. */
    password: pulumi.Input<string>;
    /** What the user may do: MongoDB's own roles, each in one database. */
    roles: pulumi.Input<pulumi.Input<{ role: string; db: string }>[]>;
}

/** A user of a MongoDB server. Made again when it was removed by hand, put right when it was changed. */
export class MongoUser extends pulumi.CustomResource {
    declare readonly user: pulumi.Output<string>;
    declare readonly password: pulumi.Output<string>;
    /** False for a server that knows users and passwords, but lets each do everything, as the stand-in does. */
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
