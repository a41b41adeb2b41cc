import * as pulumi from "@pulumi/pulumi";
import { MongoAdmin } from "../../provider/sdk/mongoAdmin.ts";
import { MongoUser } from "../../provider/sdk/mongoUser.ts";
import { generatedPassword } from "./secret.ts";

/** The consumers of MongoDB and the role of each in the platform's database. */
const RIGHTS = { ingest: "readWrite", analysis: "readWrite", "mongo-express": "read" } as const;
export type User = keyof typeof RIGHTS;
const USERS = Object.keys(RIGHTS) as User[];

/** Every consumer has two users, which take turns. */
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
 * The users of MongoDB. Each consumer has two users, one of them in use. A rotation gives the other user a new password and
 * hands it to the consumer. When every consumer has switched, the first user loses its roles and gets a password that nobody
 * knows.
 */
export class SwarmUsers extends pulumi.ComponentResource {
    /** Password of the administrator, which only these resources use. */
    readonly rootPassword: pulumi.Output<string>;
    /** The administrator's password at the server's first start, until `make` changes it. */
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

    /** Returns a text that `content` builds from the name and password of a consumer's current user. */
    login(user: User, content: (name: string, password: string) => string): pulumi.Output<string> {
        const name = `${user}-${this.turn}`;
        return (this.passwords[name] as pulumi.Output<string>).apply((password) => content(name, password));
    }

    /**
     * Creates the users that are in use.
     *
     * @param reachable resources that have to exist before the server can be reached
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

/** The users of the consumers on the server. */
export interface UsersInUse {
    made: MongoUser[];
    /** Takes all roles from the users that are not in use, after the consumers have switched. */
    retireOthers(consumers: pulumi.Resource[]): void;
}
