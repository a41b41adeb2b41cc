import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { MongoUser } from "../../provider/sdk/mongoUser.ts";
import type { Consumer, Documents } from "../platform.ts";
import type { Constraints } from "./placement.ts";
import { SwarmSecret } from "./secret.ts";
import { swarmService } from "./service.ts";

/** Who talks to MongoDB, and what each may do with the platform's database. */
const RIGHTS = { ingest: "readWrite", analysis: "readWrite", "mongo-express": "read" } as const;
type User = keyof typeof RIGHTS;

export interface SwarmDocumentsArgs {
    image: pulumi.Input<string>;
    /** True for the stand-in, whose process runs as another user and needs other folders. */
    standIn: boolean;
    /** Id of the network. */
    network: pulumi.Input<string>;
    /** Name of the database. */
    database: string;
    constraints: Constraints;
    /** Address of the server from this machine, host:port, once `reachable` is there. */
    address: string;
}

/** MongoDB on the swarm. Its root user does nothing but manage the users of those who work with it. */
export class SwarmDocuments extends pulumi.ComponentResource implements Documents {
    readonly database: pulumi.Output<string>;
    readonly generation: pulumi.Output<string>;
    readonly service: docker.Service;
    readonly root: SwarmSecret;
    readonly passwords: Record<User, SwarmSecret>;
    readonly credentialFiles: Record<Consumer, SwarmSecret>;
    private readonly args: SwarmDocumentsArgs;

    constructor(name: string, args: SwarmDocumentsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Documents", name, {}, opts);
        this.args = args;
        const secret = (of: string, content?: SwarmSecret) =>
            new SwarmSecret(
                `${name}-${of}`,
                content && { password: content.password, content: (word) => uriOf(of as Consumer, word) },
                { parent: this },
            );
        this.root = secret("root");
        this.passwords = {
            ingest: secret("ingest-password"),
            analysis: secret("analysis-password"),
            "mongo-express": secret("mongo-express-password"),
        };
        this.credentialFiles = {
            ingest: secret("ingest", this.passwords.ingest),
            analysis: secret("analysis", this.passwords.analysis),
        };
        const volume = new docker.Volume(`${name}-data`, {}, { parent: this });
        const [uid, memoryFolders] = args.standIn ? [10003, ["/tmp", "/run/postgresql"]] : [999, ["/tmp"]];
        this.service = swarmService(
            `${name}-mongo`,
            {
                ...{ name: "mongo", image: args.image, network: args.network, uid, memoryFolders },
                // The official image begins as root, gives its folder to its own user and becomes that one.
                capabilities: args.standIn
                    ? undefined
                    : ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"],
                volumes: { "/data/db": volume.name },
                constraints: args.constraints,
                secrets: [this.root.as("mongo-root")],
                env: {
                    MONGO_INITDB_ROOT_USERNAME: "root",
                    MONGO_INITDB_ROOT_PASSWORD_FILE: "/run/secrets/mongo-root",
                },
                // At its own address: while the official image sets itself up it listens on the loopback address only.
                health: ["bash", "-c", 'exec 3<>"/dev/tcp/$(hostname -i)/27017"'],
                memory: 2048,
            },
            { parent: this },
        );
        this.database = pulumi.output(args.database);
        this.generation = volume.name;
        this.registerOutputs({ database: this.database });
    }

    credentials(consumer: Consumer): pulumi.Output<string> {
        return pulumi.output(`/run/secrets/mongo-${consumer}`);
    }

    /** Makes the users, through what lets this machine reach the server. */
    addUsers(name: string, reachable: pulumi.Resource): MongoUser[] {
        const { address, database } = this.args;
        const adminUri = pulumi.interpolate`mongodb://root:${this.root.password}@${address}/?authSource=admin&directConnection=true`;
        return (Object.keys(RIGHTS) as User[]).map(
            (user) =>
                new MongoUser(
                    `${name}-${user}`,
                    {
                        ...{ adminUri, user, password: this.passwords[user].password },
                        roles: [{ role: RIGHTS[user], db: database }],
                    },
                    { parent: this, dependsOn: [this.service, reachable] },
                ),
        );
    }
}

/** A connection string from within the network. */
function uriOf(consumer: Consumer, password: string): string {
    return `mongodb://${consumer}:${password}@mongo:27017/?authSource=admin&directConnection=true&retryWrites=false`;
}
