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

/** MongoDB on the swarm. Its root user does nothing but manage the users of those who work with it. */
export class SwarmDocuments extends pulumi.ComponentResource implements Documents {
    readonly database: pulumi.Output<string>;
    readonly generation: pulumi.Output<string>;
    readonly service: docker.Service;
    readonly users: SwarmUsers;
    /** The file that each consumer of the jobs connects with: a connection string. */
    readonly logins: Record<Consumer, SecretFileRef>;
    /** The file that mongo-express connects with: user and password, a line each. */
    readonly browsing: SecretFileRef;

    constructor(name: string, args: SwarmDocumentsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Documents", name, {}, opts);
        const users = new SwarmUsers(`${name}-users`, args, { parent: this });
        this.users = users;
        const secret = (of: string, content: pulumi.Input<string>) =>
            new SwarmSecret(`${name}-${of}`, { content }, { parent: this });
        // Read at the server's first start and never again, so that it does not change with the root user's password.
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
                // It begins as root, gives its folder to its own user and becomes that one.
                capabilities: ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"],
                volumes: { "/data/db": volume.name },
                constraints: args.constraints,
                secrets: [initial],
                env: {
                    MONGO_INITDB_ROOT_USERNAME: "root",
                    MONGO_INITDB_ROOT_PASSWORD_FILE: pathOf(initial),
                },
                // At its own address: while the image sets itself up it listens on the loopback address only.
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

/** A connection string from within the network. */
function uriOf(user: string, password: string): string {
    return `mongodb://${user}:${password}@mongo:27017/?authSource=admin&directConnection=true&retryWrites=false`;
}

/** As the settings of mongo-express read it. */
function linesOf(user: string, password: string): string {
    return `${user}\n${password}`;
}
