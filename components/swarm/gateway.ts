import { createHash } from "node:crypto";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Constraints } from "./placement.ts";
import { generatedPassword, SwarmSecret } from "./secret.ts";
import { type SecretFileRef, swarmService } from "./service.ts";

/** What is reachable from this machine, and the port of each within the network; images/gateway has the same ports. */
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
    /** Name under which browsers open the pages; Jupyter is at `jupyter.<hostName>`. */
    hostName: string;
    /** Certificate chain and private key of the pages in PEM. Default: they speak HTTP. */
    certificate: pulumi.Input<string> | undefined;
    /** How often the password of the login has been rotated. */
    rotation: number;
    /** Where the service may run. */
    constraints: Constraints;
}

/**
 * The way in: a container that listens on this machine's loopback address and passes connections on into the network, and the
 * service `pages`, which asks for a login where a page does not ask itself. The container is no service of the swarm, since
 * what a service publishes is open on every address of a node; the login is a service, since only services get secrets.
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

    /** Asks for the login, and passes requests on to the pages. */
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

    /** Listens on this machine, and passes connections on into the network. */
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
                // In seconds, as a busy machine may need.
                waitTimeout: 180,
            },
            { parent: this, deleteBeforeReplace: true },
        );
    }
}

/** What HAProxy compares with: the SHA-256 of the header that a browser sends, in capitals. A generated password has more bits
 * than the digest, so that it needs no slow hash, which HAProxy would have to work out for every request. */
function digestOfLogin(password: string): string {
    const header = `Basic ${Buffer.from(`${USER}:${password}`).toString("base64")}`;
    return createHash("sha256").update(header).digest("hex").toUpperCase();
}
