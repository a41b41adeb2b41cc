import * as pulumi from "@pulumi/pulumi";
import type { SwarmSettings } from "../../config/settings.ts";
import type { Ports } from "./gateway.ts";

/** Returns the parts that this machine can reach, and the port of each. */
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

/** Returns the address of each part for people and programs on this machine. */
export function endpointsOf(settings: SwarmSettings): Record<string, pulumi.Output<string>> {
    const parts = Object.keys(portsOf(settings)) as (keyof Ports)[];
    return Object.fromEntries(parts.map((part) => [part, pulumi.output(addressOf(part, settings))]));
}

/** Returns the address of a part. Jupyter has its own host name, because a browser sends its cookie to every port of a host. */
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
