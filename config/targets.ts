import * as pulumi from "@pulumi/pulumi";

export const TARGETS = ["local", "dev", "gcp"] as const;
export type Target = (typeof TARGETS)[number];

/** The keys that only some targets use, with their defaults of Pulumi.yaml; a test compares the two files. */
export const KEYS_OF: Record<string, Record<string, string | number | boolean>> = {
    local: { workspace: "", cores: 0 },
    "local, dev": { mongoPort: 0 },
    "local, gcp": { mongoUri: "" },
    "dev, gcp": { workers: 0, rotation: 0, rotationMongo: 0, maxSecretAgeDays: 90 },
    dev: {
        workerCores: 0,
        workerMemory: "1536m",
        datanodes: 2,
        replication: 2,
        baseImage: "debian:bookworm-slim",
        mongoImage: "mongo:8.0.14",
        mongoExpressImage: "mongo-express:1.0.2-20-alpine3.19",
        registry: "",
        nodes: "",
        encryptNetwork: true,
        advertiseAddress: "127.0.0.1",
        rotationJupyter: 0,
        rotationSpark: 0,
        rotationExpress: 0,
        rotationGateway: 0,
        jupyterPort: 8888,
        mongoExpressPort: 8081,
        sparkPort: 8080,
        hdfsPort: 9870,
        gatewayName: "localhost",
        gatewayCertificate: "",
    },
    gcp: {
        compute: "cluster",
        machineType: "e2-standard-4",
        diskGb: 60,
        maxWorkers: 0,
        idleDelete: "",
        components: "JUPYTER",
        imageVersion: "2.2-debian12",
        serverlessRuntime: "2.2",
        serverlessImage: "",
        subnetRange: "10.42.0.0/20",
        softDeleteDays: 7,
        logDays: 90,
        readers: "",
        kmsKey: "",
        protect: false,
        workbenchMachineType: "e2-standard-2",
        workbenchIdleMinutes: 60,
        notebookUsers: "",
        labels: "",
    },
};

/** A message for each key that is set but has no effect on a target: which targets use it, and the command that removes it. */
export function ignoredKeys(config: pulumi.Config, target: Target): string[] {
    return Object.entries(KEYS_OF)
        .filter(([targets]) => !targets.split(", ").includes(target))
        .flatMap(([targets, defaults]) =>
            Object.entries(defaults)
                .filter(([key, value]) => (given(config, key) ?? `${value}`) !== `${value}`)
                .map(
                    ([key]) =>
                        `${config.name}:${key} has no effect on target ${target}; it is for ${targets}. ` +
                        `Remove it: pulumi config rm ${config.name}:${key} --stack ${pulumi.getStack()}`,
                ),
        );
}

/** Unlike `Config.get`, this does not warn of a secret. */
function given(config: pulumi.Config, key: string): string | undefined {
    return pulumi.runtime.getConfig(`${config.name}:${key}`);
}
