import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../../config.ts";
import type { Route } from "./gateway.ts";

/** What is reachable from this machine, by part. */
export function routesOf(settings: Settings) {
    const { jupyterPort, mongoExpressPort, sparkPort, hdfsPort, mongoPort } = settings;
    return {
        jupyter: { port: jupyterPort, service: "jupyter", servicePort: 8888 },
        mongoExpress: { port: mongoExpressPort, service: "mongo-express", servicePort: 8081 },
        spark: { port: sparkPort, service: "spark-master", servicePort: 8080 },
        hdfs: { port: hdfsPort, service: "namenode", servicePort: 9870 },
        mongo: { port: mongoPort || 27017, service: "mongo", servicePort: 27017 },
    } satisfies Record<string, Route>;
}

/** The addresses of the parts for people and programs of this machine. */
export function endpointsOf(routes: Record<string, Route>): Record<string, pulumi.Output<string>> {
    return Object.fromEntries(
        Object.entries(routes).map(([part, { port }]) => [
            part,
            pulumi.output(`${part === "mongo" ? "mongodb" : "http"}://127.0.0.1:${port}/`),
        ]),
    );
}
