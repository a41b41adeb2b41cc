import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Consumer, Documents, MongoLogin } from "../common/documents.ts";
import type { Constraints } from "./placement.ts";
import { pathOf, SwarmSecret } from "./secret.ts";
import { type SecretFileRef, swarmService } from "./service.ts";
import { SwarmUsers } from "./users.ts";

/** The user of the official image's server. */
const MONGO_UID = 999;

export interface SwarmDocumentsArgs {
    image: pulumi.Input<string>;
    /** Id of the network. */
    network: pulumi.Input<string>;
    /** Name of the database. */
    database: string;
    constraints: Constraints;
    /** Address of the server from this machine, host:port, once it can be reached. */
    address: string;
    /** How often the passwords have been rotated. */
    rotation: number;
}

/** MongoDB on the swarm. Its root user only manages the other users. */
export class SwarmDocuments extends pulumi.ComponentResource implements Documents {
    readonly database: pulumi.Output<string>;
    readonly generation: pulumi.Output<string>;
    readonly service: docker.Service;
    readonly users: SwarmUsers;
    /** For each consumer among the jobs, the file with its connection string. */
    readonly logins: Record<Consumer, SecretFileRef>;
    /** The file with mongo-express's user and password, one per line. */
    readonly browsing: SecretFileRef;

    constructor(name: string, args: SwarmDocumentsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Documents", name, {}, opts);
        const users = new SwarmUsers(`${name}-users`, args, { parent: this });
        this.users = users;
        const secret = (of: string, content: pulumi.Input<string>) =>
            new SwarmSecret(`${name}-${of}`, { content }, { parent: this });
        // The server reads it at its first start only, so it does not change with the root user's password.
        const initial = secret("root", users.initialPassword).as("mongo-root");
        this.logins = {
            ingest: secret("ingest", users.login("ingest", uriOf)).as("mongo-ingest"),
            analysis: secret("analysis", users.login("analysis", uriOf)).as("mongo-analysis"),
        };
        this.browsing = secret("mongo-express", users.login("mongo-express", linesOf)).as("mongo");
        const volume = new docker.Volume(`${name}-data`, {}, { parent: this });
        this.service = swarmService(
            `${name}-mongo`,
            {
                name: "mongo",
                image: args.image,
                network: args.network,
                uid: MONGO_UID,
                memoryFolders: ["/tmp"],
                // The server starts as root, gives its folder to its own user and switches to that user.
                capabilities: ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"],
                volumes: { "/data/db": volume.name },
                constraints: args.constraints,
                secrets: [initial],
                env: {
                    MONGO_INITDB_ROOT_USERNAME: "root",
                    MONGO_INITDB_ROOT_PASSWORD_FILE: pathOf(initial),
                },
                // Its own address: during the image's set-up, the server listens on the loopback address only.
                health: ["bash", "-c", 'exec 3<>"/dev/tcp/$(hostname -i)/27017"'],
                memory: 2048,
            },
            { parent: this },
        );
        this.database = pulumi.output(args.database);
        this.generation = volume.name;
        this.registerOutputs({ database: this.database });
    }

    as(consumer: Consumer): MongoLogin {
        const { database, generation } = this;
        return { consumer, file: pulumi.output(pathOf(this.logins[consumer])), database, generation };
    }
}

/** Returns a connection string for containers of the network. */
function uriOf(user: string, password: string): string {
    return `mongodb://${user}:${password}@mongo:27017/?authSource=admin&directConnection=true&retryWrites=false`;
}

/** Returns user and password in the format that the settings of mongo-express read. */
function linesOf(user: string, password: string): string {
    return `${user}\n${password}`;
}
