import * as pulumi from "@pulumi/pulumi";
import type { SwarmSettings } from "../../config/settings.ts";
import type { Ports } from "./gateway.ts";

/** What is reachable from this machine, and at which port. */
export function portsOf(settings: SwarmSettings): Ports {
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
export function endpointsOf(settings: SwarmSettings): Record<string, pulumi.Output<string>> {
    const parts = Object.keys(portsOf(settings)) as (keyof Ports)[];
    return Object.fromEntries(parts.map((part) => [part, pulumi.output(addressOf(part, settings))]));
}

/** Jupyter has a name of its own, since its cookie goes to every port of the name that it is opened under. */
export function addressOf(part: keyof Ports, settings: SwarmSettings): string {
    const port = portsOf(settings)[part];
    const { gatewayName, gatewayCertificate } = settings;
    if (part === "mongo") {
        return `mongodb://127.0.0.1:${port}/`;
    }
    if (part === "jupyter") {
        return `${gatewayCertificate ? "https" : "http"}://jupyter.${gatewayName}:${port}/`;
    }
    return gatewayCertificate ? `https://${gatewayName}:${port}/` : `http://127.0.0.1:${port}/`;
}
