import type { z } from "zod";
import { MEMORY } from "./common.ts";
import { flag, list, secret, text, whole } from "./kinds.ts";
import { mending } from "./problems.ts";
import { maxSecretAgeDays, mongoPort, rotation, rotationMongo, rotationOf, workers } from "./shared.ts";

const IMAGE_OR_FOLDER = { allowed: "an image, or ./ and a folder", pattern: /^\S+$/ };

/** The settings of the target on a Docker Swarm. */
export const SWARM = {
    mongoPort,
    workers,
    workerCores: whole({
        description:
            "The number of cores of a Spark worker; 0 for an equal share of the machine's cores, at least 1",
        default: 0,
        least: 0,
        most: 1024,
        example: 2,
    }),
    workerMemory: text({
        description:
            "The heap of the executors of a Spark worker in JVM notation, such as 2g or 1536m; at least 512m",
        default: "1536m",
        rule: MEMORY,
    }),
    datanodes: whole({
        description: "The number of HDFS datanodes; each has its own volume",
        default: 2,
        least: 1,
        most: 1000,
    }),
    replication: whole({
        description: "The number of datanodes that store each block of HDFS",
        default: 2,
        least: 1,
        most: 512,
    }),
    baseImage: text({
        description: "The image that our images are built on; it has to be Debian 12 (bookworm)",
        default: "debian:bookworm-slim",
        rule: { allowed: "an image", pattern: /^\S+$/, example: "debian:bookworm-slim" },
    }),
    mongoImage: text({
        description:
            "The image of MongoDB, such as mongo:8.0.15, or the folder of a Dockerfile, beginning with ./",
        default: "mongo:8.0.14",
        rule: {
            allowed: IMAGE_OR_FOLDER.allowed,
            pattern: IMAGE_OR_FOLDER.pattern,
            example: "mongo:8.0.14",
        },
    }),
    mongoExpressImage: text({
        description: "The image of mongo-express, or the folder of a Dockerfile, beginning with ./",
        default: "mongo-express:1.0.2-20-alpine3.19",
        rule: {
            allowed: IMAGE_OR_FOLDER.allowed,
            pattern: IMAGE_OR_FOLDER.pattern,
            example: "mongo-express:1.0.2",
        },
    }),
    registry: text({
        description:
            "The registry and folder from which the nodes of a swarm pull our images, such as registry.example.org/power; a swarm of several nodes needs it",
        default: "",
        rule: {
            allowed: "host:port/folder, or nothing",
            pattern: /^([\w.-]+(:\d+)?(\/[\w.-]+)*)?$/,
            example: "host:5000",
        },
    }),
    nodes: list({
        description:
            "The host names of the swarm's nodes, separated by commas, the engine's node first, such as node-1,node-2; empty for a swarm of one node",
        default: "",
        least: 0,
        rule: {
            allowed: "host names separated by commas, each once, or nothing",
            pattern: /^[\w.-]+$/,
            example: "node-1,node-2",
        },
    }),
    encryptNetwork: flag({
        description: "Encrypts the traffic between the nodes of the swarm",
        default: true,
    }),
    // Only set-up reads it: tools/setup/docker.sh.
    advertiseAddress: text({
        description: "The address of the swarm that set-up creates if there is none",
        default: "127.0.0.1",
        rule: { allowed: "an address of this machine", pattern: /^[\w.:-]+$/, example: "192.0.2.1" },
    }),
    rotation,
    rotationMongo,
    rotationJupyter: rotationOf("Jupyter's token alone"),
    rotationSpark: rotationOf("Spark's shared secret alone"),
    rotationExpress: rotationOf("the password of mongo-express alone"),
    rotationGateway: rotationOf("the password of Spark's and HDFS's pages alone"),
    maxSecretAgeDays,
    jupyterPort: port("Jupyter", 8888),
    mongoExpressPort: port("mongo-express", 8081),
    sparkPort: port("the Spark master's page", 8080),
    hdfsPort: port("HDFS's page", 9870),
    gatewayName: text({
        description:
            "The host name under which browsers open the pages, such as power.example.com; Jupyter's is jupyter.<name>. A name other than localhost needs gatewayCertificate",
        default: "localhost",
        rule: {
            allowed: "a host name in lower case",
            pattern: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
            example: "power.example.com",
        },
    }),
    gatewayCertificate: secret({
        description:
            "The certificate chain and private key for gatewayName and jupyter.<gatewayName>, in PEM, with which the pages speak HTTPS only; empty for HTTP. Set it with --secret",
        allowed: "a certificate and its private key, both in PEM",
        pattern: /^(?=[\s\S]*-----BEGIN CERTIFICATE-----)(?=[\s\S]*-----BEGIN [A-Z ]*PRIVATE KEY-----)/,
        command: "cat chain.pem key.pem | pulumi config set --secret london-power:gatewayCertificate",
    }),
};

export type SwarmOnly = z.output<z.ZodObject<typeof SWARM>>;

/** Returns what is wrong with settings that are right by themselves. */
export function checkSwarm({ nodes, registry, gatewayName, gatewayCertificate }: SwarmOnly): string[] {
    const problems: string[] = [];
    // Only the engine's node builds images; the others pull them from a registry.
    if (nodes.length > 1 && registry === "") {
        problems.push(
            "london-power:nodes names several nodes, which pull our images from a registry, but london-power:registry " +
                `is not set. ${mending("pulumi config set london-power:registry host:5000")}`,
        );
    }
    if (gatewayName !== "localhost" && gatewayCertificate === undefined) {
        problems.push(
            `london-power:gatewayName is "${gatewayName}", which needs a certificate, but london-power:gatewayCertificate ` +
                `is not set. ${mending("cat chain.pem key.pem | pulumi config set --secret london-power:gatewayCertificate")}`,
        );
    }
    return problems;
}

function port(page: string, usual: number) {
    return whole({
        description: `The port of ${page} on 127.0.0.1`,
        default: usual,
        least: 1,
        most: 65535,
    });
}
