import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { type Folders, HARDENED, mountsOf, SECRET_MODE } from "../../provider/sdk/swarmContainer.ts";
import type { Constraints } from "./placement.ts";

/** One file under `/run/secrets` of a container. */
export interface SecretFileRef {
    id: pulumi.Input<string>;
    name: pulumi.Input<string>;
    /** Name of the file. */
    file: string;
}

/** What the services of the platform differ in; the rest is the same for all. */
export interface ServiceArgs extends Folders<pulumi.Input<string>> {
    /** Name of the service in its stack, and its host name in the network. */
    name: string;
    image: pulumi.Input<string>;
    network: pulumi.Input<string>;
    /** What follows the image's own entry point. Default: the image's own command. */
    command?: pulumi.Input<string>[];
    /** User of the process. Default: the image's. */
    user?: string;
    /** Number in the owner of the secrets' files. */
    uid: number;
    secrets?: SecretFileRef[];
    configs?: docker.types.input.ServiceTaskSpecContainerSpecConfig[];
    env?: Record<string, pulumi.Input<string>>;
    /** Capabilities beyond none. Default: none. */
    capabilities?: string[];
    /** A command that ends with 0 when the container does its work. */
    health: string[];
    /** Most memory that the container may use, in MiB. */
    memory: number;
    /** How many containers. Default: 1. */
    replicas?: number;
    /** Where it may run. Default: any node. */
    constraints?: Constraints;
    /** Whether an update starts the new container before it stops the old one; for what bears a second of itself. Default:
     * false. */
    startFirst?: boolean;
    /** Time to end in after SIGTERM. Default: 20s. */
    stopGracePeriod?: string;
}

/**
 * A Swarm service as all of ours are: reached by name and at its own address, ready when it is healthy, without rights that
 * it does not need, its log bounded, put back when an update fails.
 */
export function swarmService(
    name: string,
    args: ServiceArgs,
    opts: pulumi.CustomResourceOptions,
): docker.Service {
    const stack = `london-power-${pulumi.getStack()}`;
    const uid = `${args.uid}`;
    const order = args.startFirst ? "start-first" : "stop-first";
    return new docker.Service(
        name,
        {
            name: `${stack}-${args.name}`,
            labels: [
                // Docker's own tools show what belongs together by this label.
                { label: "com.docker.stack.namespace", value: stack },
                { label: "london-power.part", value: args.name },
            ],
            taskSpec: {
                containerSpec: {
                    image: args.image,
                    hostname: args.replicas === undefined ? args.name : undefined,
                    args: args.command,
                    user: args.user,
                    env: args.env,
                    readOnly: HARDENED.readOnly,
                    capDrops: HARDENED.capDrops,
                    capAdds: args.capabilities,
                    mounts: mountsOf(args),
                    secrets: args.secrets?.map((secret) => ({
                        secretId: secret.id,
                        secretName: secret.name,
                        fileName: secret.file,
                        fileUid: uid,
                        fileGid: uid,
                        fileMode: SECRET_MODE,
                    })),
                    configs: args.configs,
                    healthcheck: {
                        tests: ["CMD", ...args.health],
                        interval: "5s",
                        // A busy machine is no reason to end a container: with all of them starting at once, ten servers
                        // that are ended for being slow, and start again, keep each other from ever being ready.
                        timeout: "30s",
                        retries: 6,
                        startPeriod: "10m",
                    },
                    stopGracePeriod: args.stopGracePeriod ?? "20s",
                },
                networksAdvanceds: [{ id: args.network, aliases: [args.name] }],
                resources: {
                    limits: { memoryBytes: args.memory * MIB },
                    // What it takes to run at all, so that the swarm does not promise more than a node has.
                    reservation: { memoryBytes: Math.round(args.memory / 4) * MIB },
                },
                restartPolicy: { condition: "any", delay: "2s", window: "0s" },
                placement: args.constraints && { constraints: args.constraints },
                logDriver: HARDENED.logDriver,
            },
            mode: { replicated: { replicas: args.replicas ?? 1 } },
            endpointSpec: { mode: "dnsrr" },
            updateConfig: { parallelism: 1, order, failureAction: "rollback", monitor: "5s" },
            rollbackConfig: { parallelism: 1, order, monitor: "5s" },
            // As long as a container may take to start.
            convergeConfig: { delay: "1s", timeout: "10m" },
        },
        // The name is the service's own, so that the old one has to go first.
        { ...opts, deleteBeforeReplace: true },
    );
}

const MIB = 1024 * 1024;
