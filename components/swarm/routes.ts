import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../../config.ts";
import type { Ports } from "./gateway.ts";

/** What is reachable from this machine, and at which port. */
export function portsOf(settings: Settings): Ports {
    const { jupyterPort, mongoExpressPort, sparkPort, hdfsPort, mongoPort } = settings;
    return {
        jupyter: jupyterPort,
        mongoExpress: mongoExpressPort,
        spark: sparkPort,
        hdfs: hdfsPort,
        mongo: mongoPort || 27017,
    };
}

/** The addresses of the parts for people and programs of this machine. */
export function endpointsOf(ports: Ports): Record<string, pulumi.Output<string>> {
    return Object.fromEntries(
        Object.entries(ports).map(([part, port]) => [part, pulumi.output(addressOf(part, port))]),
    );
}

/** Jupyter has a name of its own, since its cookie goes to every port of the name that it is opened under. */
export function addressOf(part: string, port: number): string {
    const name = part === "jupyter" ? "jupyter.localhost" : "127.0.0.1";
    return `${part === "mongo" ? "mongodb" : "http"}://${name}:${port}/`;
}
