import * as pulumi from "@pulumi/pulumi";
import { MongoAdmin } from "../../provider/sdk/mongoAdmin.ts";
import { MongoUser } from "../../provider/sdk/mongoUser.ts";
import { generatedPassword } from "./secret.ts";

/** Who talks to MongoDB, and what each may do with the platform's database. */
const RIGHTS = { ingest: "readWrite", analysis: "readWrite", "mongo-express": "read" } as const;
export type User = keyof typeof RIGHTS;
const USERS = Object.keys(RIGHTS) as User[];

/** Each has two users, which take turns. */
const TURNS = ["a", "b"] as const;
type Turn = (typeof TURNS)[number];

export interface SwarmUsersArgs {
    /** Name of the database. */
    database: string;
    /** Address of the server from this machine, host:port, once it can be reached. */
    address: string;
    /** How often the passwords have been rotated. */
    rotation: number;
}

/**
 * The users of MongoDB. Of the two of each consumer one is in use; a rotation gives the other one a new password and hands it
 * out, and when all who had the first have changed over, that one loses its rights and gets a password that nobody is told.
 */
export class SwarmUsers extends pulumi.ComponentResource {
    /** Password of the administrator, whom nothing uses but these resources. */
    readonly rootPassword: pulumi.Output<string>;
    /** The one that the server gives its administrator at its first start, until `make` has changed it. */
    readonly initialPassword: pulumi.Output<string>;
    private readonly passwords: Record<string, pulumi.Output<string>>;
    private readonly turn: Turn;
    private readonly name: string;
    private readonly args: SwarmUsersArgs;

    constructor(name: string, args: SwarmUsersArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Users", name, {}, opts);
        this.name = name;
        this.args = args;
        this.turn = TURNS[args.rotation % TURNS.length] as Turn;
        this.initialPassword = generatedPassword(`${name}-initial`, undefined, this);
        this.rootPassword = generatedPassword(`${name}-root`, args.rotation, this);
        this.passwords = Object.fromEntries(
            USERS.flatMap((user) => TURNS.map((turn) => `${user}-${turn}`)).map((user) => [
                user,
                generatedPassword(`${name}-${user}`, args.rotation, this),
            ]),
        );
        this.registerOutputs({});
    }

    /** The user that a consumer has now: something made of its name and password. */
    login(user: User, content: (name: string, password: string) => string): pulumi.Output<string> {
        const name = `${user}-${this.turn}`;
        return (this.passwords[name] as pulumi.Output<string>).apply((password) => content(name, password));
    }

    /**
     * Makes the users that are in use, once the server can be reached.
     *
     * @param reachable what has to be there before
     */
    make(reachable: pulumi.Resource[]): UsersInUse {
        const uri = `mongodb://${this.args.address}/?authSource=admin&directConnection=true`;
        const { rootPassword, initialPassword } = this;
        const root = new MongoAdmin(
            `${this.name}-root`,
            { uri, user: "root", password: rootPassword, initialPassword },
            { parent: this, dependsOn: reachable },
        );
        const adminUri = pulumi.secret(pulumi.interpolate`mongodb://root:${root.password}@${uri.slice(10)}`);
        const made = this.users(this.turn, adminUri, reachable, (user) => [
            { role: RIGHTS[user], db: this.args.database },
        ]);
        const other = this.turn === "a" ? "b" : "a";
        return { made, retireOthers: (consumers) => void this.users(other, adminUri, consumers, () => []) };
    }

    private users(
        turn: Turn,
        adminUri: pulumi.Output<string>,
        dependsOn: pulumi.Resource[],
        rolesOf: (user: User) => { role: string; db: string }[],
    ): MongoUser[] {
        return USERS.map((consumer) => {
            const user = `${consumer}-${turn}`;
            const password = this.passwords[user] as pulumi.Output<string>;
            return new MongoUser(
                `${this.name}-${user}`,
                { adminUri, user, password, roles: rolesOf(consumer) },
                { parent: this, dependsOn },
            );
        });
    }
}

/** The users of the consumers, as far as the server knows them. */
export interface UsersInUse {
    made: MongoUser[];
    /** Shuts out the users that are not in use, once all who may have used them have others. */
    retireOthers(consumers: pulumi.Resource[]): void;
}
