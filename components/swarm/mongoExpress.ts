import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { SwarmSecret } from "./secret.ts";
import { swarmService } from "./service.ts";

/** Sessions end with the program: what signs them is made when it starts, and stands nowhere. */
const SETTINGS = `{ site: { cookieSecret: secret(), sessionSecret: secret(), host: "0.0.0.0" } };
function secret() { return randomBytes(32).toString("hex"); }
`;
/** The stand-in is an older version, which reads its settings as a module of the older kind. */
const OFFICIAL = `import { randomBytes } from "node:crypto";\nexport default ${SETTINGS}`;
const STAND_IN = `const { randomBytes } = require("node:crypto");\nmodule.exports = ${SETTINGS}`;

export interface MongoExpressArgs {
    image: pulumi.Input<string>;
    /** True for the stand-in. */
    standIn: boolean;
    /** Id of the network. */
    network: pulumi.Input<string>;
    /** Password of the MongoDB user `mongo-express`. */
    mongoPassword: SwarmSecret;
}

/** A browser for MongoDB that shows and changes nothing; asks for the user `admin` and a generated password. */
export class MongoExpress extends pulumi.ComponentResource {
    readonly password: pulumi.Output<string>;
    readonly service: docker.Service;

    constructor(name: string, args: MongoExpressArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:MongoExpress", name, {}, opts);
        const login = new SwarmSecret(`${name}-login`, {}, { parent: this });
        this.password = login.password;
        const settings = new docker.ServiceConfig(
            `${name}-settings`,
            { data: Buffer.from(args.standIn ? STAND_IN : OFFICIAL).toString("base64") },
            { parent: this },
        );
        this.service = swarmService(
            `${name}-mongo-express`,
            {
                ...{ name: "mongo-express", image: args.image, network: args.network, uid: 10004 },
                user: "10004",
                memoryFolders: ["/tmp"],
                secrets: [login.as("login"), args.mongoPassword.as("mongo")],
                configs: [
                    {
                        configId: settings.id,
                        configName: settings.name,
                        fileName: "/app/config.js",
                        fileMode: 0o444,
                    },
                ],
                env: {
                    ME_CONFIG_BASICAUTH: "true",
                    ME_CONFIG_BASICAUTH_USERNAME: "admin",
                    ME_CONFIG_BASICAUTH_PASSWORD_FILE: "/run/secrets/login",
                    ME_CONFIG_MONGODB_SERVER: "mongo",
                    ME_CONFIG_MONGODB_PORT: "27017",
                    ME_CONFIG_MONGODB_AUTH_DATABASE: "admin",
                    ME_CONFIG_MONGODB_AUTH_USERNAME: "mongo-express",
                    ME_CONFIG_MONGODB_AUTH_PASSWORD_FILE: "/run/secrets/mongo",
                    ME_CONFIG_OPTIONS_READONLY: "true",
                },
                health: [
                    "node",
                    "-e",
                    'fetch("http://127.0.0.1:8081/").then((r) => process.exit(r.status === 401 ? 0 : 1))',
                ],
                memory: 384,
            },
            { parent: this },
        );
        this.registerOutputs({});
    }
}
