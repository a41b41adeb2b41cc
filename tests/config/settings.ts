import * as pulumi from "@pulumi/pulumi";
import { readConfig } from "../../config.ts";

/** As Pulumi.yaml has them; the engine gives them to a program as text. */
const DEFAULTS = {
    target: "local",
    data: "data/power_1.csv",
    workspace: "",
    cores: "0",
    driverMemory: "2g",
    mongoPort: "0",
    mongoUri: "",
    mongoDatabase: "power",
    testPercent: "20",
    models: "linear,tree,forest,boosted",
    trainSeconds: "0",
    documents: "auto",
    workers: "0",
    workerCores: "0",
    workerMemory: "1536m",
    datanodes: "2",
    replication: "2",
    baseImage: "debian:bookworm-slim",
    mongoImage: "mongo:8.0.14",
    mongoExpressImage: "mongo-express:1.0.2-20-alpine3.19",
    registry: "",
    nodes: "",
    encryptNetwork: "true",
    advertiseAddress: "127.0.0.1",
    rotation: "0",
    rotationMongo: "0",
    rotationJupyter: "0",
    rotationSpark: "0",
    rotationExpress: "0",
    rotationGateway: "0",
    maxSecretAgeDays: "90",
    jupyterPort: "8888",
    mongoExpressPort: "8081",
    sparkPort: "8080",
    hdfsPort: "9870",
    compute: "cluster",
    machineType: "e2-standard-4",
    diskGb: "60",
    maxWorkers: "0",
    idleDelete: "",
    components: "JUPYTER",
    imageVersion: "2.2-debian12",
    serverlessRuntime: "2.2",
    serverlessImage: "",
    subnetRange: "10.42.0.0/20",
    softDeleteDays: "7",
    logDays: "90",
    readers: "",
    kmsKey: "",
    protect: "false",
    workbenchMachineType: "e2-standard-2",
    workbenchIdleMinutes: "60",
    notebookUsers: "",
    refreshWarehouse: "every 24 hours",
    schedule: "",
    timeZone: "Europe/London",
    labels: "",
};

/**
 * The settings that a stack has with some keys changed; those of Google's provider begin with `gcp:`.
 *
 * @param secrets the keys that are set with `--secret`
 */
export function settingsWith(changes: Record<string, string>, secrets: string[] = []) {
    const all = Object.entries({ ...DEFAULTS, ...changes }).map(([key, value]) => [
        key.includes(":") ? key : `london-power:${key}`,
        value,
    ]);
    pulumi.runtime.setAllConfig(
        Object.fromEntries(all),
        secrets.map((key) => `london-power:${key}`),
    );
    return readConfig();
}
