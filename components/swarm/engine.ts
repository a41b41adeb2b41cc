import * as pulumi from "@pulumi/pulumi";
import { type EngineFacts, engineFacts, type Machine } from "../../provider/sdk/engineFacts.ts";

/** A Docker engine that has answered. */
export interface Engine extends EngineFacts {
    machine: Machine;
}

/**
 * Returns the Docker engine that the docker provider uses, on which the platform is created.
 *
 * @throws {pulumi.RunError} if it does not answer
 */
export async function findEngine(): Promise<Engine> {
    const host = new pulumi.Config("docker").get("host") ?? process.env.DOCKER_HOST ?? DEFAULT_HOST;
    const { machine, problem, nodes, noNodes } = await engineFacts(host);
    if (!machine) {
        throw new pulumi.RunError(
            `the Docker engine at ${host} does not answer: ${problem}. ` +
                `See what is missing: make doctor STACK=${pulumi.getStack()}; name another: export DOCKER_HOST=ssh://user@manager`,
        );
    }
    return { host, machine, nodes, noNodes };
}

const DEFAULT_HOST = "unix:///var/run/docker.sock";
