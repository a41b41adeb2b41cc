import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Constraints } from "./placement.ts";
import { generatedPassword, pathOf, SwarmSecret } from "./secret.ts";
import { type SecretFileRef, swarmService } from "./service.ts";

/**
 * Returns mongo-express's settings, a program that reads the files of the secrets. With environment variables, mongo-express would
 * build a connection string with the password and log it when it cannot connect. The keys that sign sessions are generated at
 * each start and stored nowhere.
 */
const settings = (database: string, mongo: string, login: string) => `import { readFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
export default {
    mongodb: {
        connectionString: "mongodb://mongo:27017/${database}?authSource=admin&directConnection=true",
        connectionOptions: { auth: { username: read("${mongo}")[0], password: read("${mongo}")[1] } },
    },
    site: { cookieSecret: random(), sessionSecret: random(), host: "0.0.0.0" },
    useBasicAuth: true,
    basicAuth: { username: "admin", password: read("${login}")[0] },
    options: { readOnly: true },
};
function read(file) { return readFileSync(file, "utf8").trim().split("\\n"); }
function random() { return randomBytes(32).toString("hex"); }
`;

export interface MongoExpressArgs {
    image: pulumi.Input<string>;
    /** Id of the network. */
    network: pulumi.Input<string>;
    /** Name of the database that it shows. */
    database: string;
    /** File with its MongoDB user and password, one per line. */
    mongo: SecretFileRef;
    /** How often the password of its page has been rotated. */
    rotation: number;
    constraints: Constraints;
}

/** A read-only browser for MongoDB. It asks for the user `admin` and a generated password. */
export class MongoExpress extends pulumi.ComponentResource {
    readonly password: pulumi.Output<string>;
    readonly service: docker.Service;

    constructor(name: string, args: MongoExpressArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:MongoExpress", name, {}, opts);
        this.password = generatedPassword(`${name}-login`, args.rotation, this);
        const secret = new SwarmSecret(`${name}-login`, { content: this.password }, { parent: this });
        const login = secret.as("login");
        const program = settings(args.database, pathOf(args.mongo), pathOf(login));
        const config = new docker.ServiceConfig(
            `${name}-settings`,
            { data: Buffer.from(program).toString("base64") },
            { parent: this },
        );
        this.service = swarmService(
            `${name}-mongo-express`,
            {
                name: "mongo-express",
                image: args.image,
                network: args.network,
                uid: 10004,
                user: "10004",
                memoryFolders: ["/tmp"],
                secrets: [login, args.mongo],
                configs: [
                    {
                        configId: config.id,
                        configName: config.name,
                        fileName: "/app/config.js",
                        fileMode: 0o444,
                    },
                ],
                health: [
                    "node",
                    "-e",
                    'fetch("http://127.0.0.1:8081/").then((r) => process.exit(r.status === 401 ? 0 : 1))',
                ],
                memory: 384,
                constraints: args.constraints,
                startFirst: true,
            },
            { parent: this },
        );
        this.registerOutputs({});
    }
}
