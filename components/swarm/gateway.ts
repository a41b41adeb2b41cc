import { createHash } from "node:crypto";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Constraints } from "./placement.ts";
import { generatedPassword, SwarmSecret } from "./secret.ts";
import { type SecretFileRef, swarmService } from "./service.ts";

/** The parts that this machine can reach, and the port of each in the network; images/gateway has the same ports. */
const INTERNAL = { jupyter: 8888, mongoExpress: 8081, spark: 8080, hdfs: 9870, mongo: 27017 };
export type Ports = typeof INTERNAL;

/** The user of the login; its password is generated. */
const USER = "admin";
/** HAProxy's user in the image. */
const UID = 10005;
const HEALTH = ["health"];

export interface GatewayArgs {
    image: pulumi.Input<string>;
    /** Id of the network. */
    network: pulumi.Input<string>;
    /** Ports on this machine's loopback address. */
    ports: Ports;
    /** Host name in the pages' addresses; Jupyter is at `jupyter.<hostName>`. */
    hostName: string;
    /** Certificate chain and private key of the pages in PEM. Default: none; the pages use HTTP. */
    certificate: pulumi.Input<string> | undefined;
    /** How often the password of the login has been rotated. */
    rotation: number;
    /** Where the service may run. */
    constraints: Constraints;
}

/**
 * Access to the platform. A container listens on this machine's loopback address and forwards connections into the network. The
 * service `pages` asks for a login in front of every page that does not ask itself. The container is not a service of the swarm,
 * because a port that a service publishes is open on every address of a node. The login is a service, because only services get
 * secrets.
 */
export class Gateway extends pulumi.ComponentResource {
    readonly container: docker.Container;
    readonly pages: docker.Service;
    readonly password: pulumi.Output<string>;

    constructor(name: string, args: GatewayArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Gateway", name, {}, opts);
        this.password = generatedPassword(`${name}-login`, args.rotation, this);
        const login = new SwarmSecret(
            `${name}-login`,
            { content: this.password.apply(digestOfLogin) },
            { parent: this },
        );
        const secrets = [login.as("gateway-login")];
        if (args.certificate !== undefined) {
            const certificate = new SwarmSecret(
                `${name}-certificate`,
                { content: args.certificate },
                { parent: this },
            );
            secrets.push(certificate.as("gateway-certificate"));
        }
        this.pages = this.service(name, args, secrets);
        this.container = this.listener(name, args);
        this.registerOutputs({});
    }

    /** Creates the service that asks for the login and forwards requests to the pages. */
    private service(name: string, args: GatewayArgs, secrets: SecretFileRef[]): docker.Service {
        return swarmService(
            `${name}-pages`,
            {
                name: "pages",
                image: args.image,
                network: args.network,
                command: ["pages"],
                env: { NAME: args.hostName },
                uid: UID,
                secrets,
                health: HEALTH,
                memory: 128,
                constraints: args.constraints,
                startFirst: true,
            },
            { parent: this },
        );
    }

    /** Creates the container that listens on this machine and forwards connections into the network. */
    private listener(name: string, args: GatewayArgs): docker.Container {
        const stack = `london-power-${pulumi.getStack()}`;
        const parts = Object.keys(INTERNAL) as (keyof Ports)[];
        return new docker.Container(
            `${name}-container`,
            {
                name: `${stack}-gateway`,
                image: args.image,
                command: ["gateway"],
                ports: parts.map((part) => ({
                    ip: "127.0.0.1",
                    external: args.ports[part],
                    internal: INTERNAL[part],
                })),
                networksAdvanced: [{ name: args.network }],
                labels: [{ label: "com.docker.stack.namespace", value: stack }],
                readOnly: true,
                capabilities: { drops: ["ALL"] },
                securityOpts: ["no-new-privileges"],
                memory: 128,
                memorySwap: 128,
                restart: "unless-stopped",
                logDriver: "json-file",
                logOpts: { "max-size": "10m", "max-file": "3" },
                healthcheck: {
                    tests: ["CMD", ...HEALTH],
                    interval: "5s",
                    timeout: "30s",
                    retries: 3,
                    startPeriod: "30s",
                },
                wait: true,
                // In seconds; a busy machine may need that long.
                waitTimeout: 180,
            },
            { parent: this, deleteBeforeReplace: true },
        );
    }
}

/** Returns the SHA-256 of the header that a browser sends, in capital letters; HAProxy compares it. A generated password has
 * almost as many random bits as the digest, so it needs no slow hash, which HAProxy would compute for every request. */
function digestOfLogin(password: string): string {
    const header = `Basic ${Buffer.from(`${USER}:${password}`).toString("base64")}`;
    return createHash("sha256").update(header).digest("hex").toUpperCase();
}
