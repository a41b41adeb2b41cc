import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../../config.ts";
import type { Ports } from "./gateway.ts";

/** The gateway's port on the loopback address for each part. */
export function portsOf(settings: Settings): Ports {
    return {
        jupyter: settings.jupyterPort,
        mongoExpress: settings.mongoExpressPort,
        spark: settings.sparkPort,
        hdfs: settings.hdfsPort,
        mongo: settings.mongoPort || 27017,
    };
}

/** The addresses of the parts for people and programs of this machine. */
export function endpointsOf(ports: Ports): Record<string, pulumi.Output<string>> {
    return Object.fromEntries(
        Object.entries(ports).map(([part, port]) => [part, pulumi.output(addressOf(part, port))]),
    );
}

/** Jupyter has a name of its own, since a browser sends its cookie to every port of the name that it is opened under. */
export function addressOf(part: string, port: number): string {
    const name = part === "jupyter" ? "jupyter.localhost" : "127.0.0.1";
    return `${part === "mongo" ? "mongodb" : "http"}://${name}:${port}/`;
}
