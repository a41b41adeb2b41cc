import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

/** A port of this machine, and the service that it leads to. */
export interface Route {
    port: number;
    service: string;
    servicePort: number;
}

export interface GatewayArgs {
    image: pulumi.Input<string>;
    /** Id of the network. */
    network: pulumi.Input<string>;
    /** What is reachable from this machine; everything else is not. */
    routes: Record<string, Route>;
}

/**
 * The way in: a container that listens on this machine's loopback address and passes connections on into the network. It is
 * no service of the swarm, since what a service publishes is open on every address of a node.
 */
export class Gateway extends pulumi.ComponentResource {
    readonly container: docker.Container;

    constructor(name: string, args: GatewayArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Gateway", name, {}, opts);
        const routes = Object.values(args.routes);
        const stack = `london-power-${pulumi.getStack()}`;
        this.container = new docker.Container(
            `${name}-container`,
            {
                name: `${stack}-gateway`,
                image: args.image,
                command: [
                    "gateway",
                    ...routes.map(({ service, servicePort }) => `${servicePort}=${service}:${servicePort}`),
                ],
                ports: routes.map(({ port, servicePort }) => ({
                    ...{ ip: "127.0.0.1", external: port, internal: servicePort },
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
                    tests: ["CMD", "health", "gateway", `${routes[0]?.servicePort}`],
                    interval: "5s",
                    timeout: "10s",
                    retries: 3,
                    startPeriod: "10s",
                },
                wait: true,
                waitTimeout: 60,
            },
            { parent: this, deleteBeforeReplace: true },
        );
        this.registerOutputs({});
    }
}
