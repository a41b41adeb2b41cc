/** A stack's settings, as small as they may be. */
export const SETTINGS = {
    ...({ target: "dev", data: "", workspace: "", cores: 0, driverMemory: "1g", mongoPort: 0 } as const),
    ...{ mongoUri: undefined, mongoDatabase: "power", testPercent: 20, models: ["linear"], trainSeconds: 0 },
    ...{ workers: 2, workerCores: 1, workerMemory: "1g", datanodes: 3, replication: 2 },
    baseImage: "debian:bookworm-slim",
    mongoImage: "./images/mongo-stand-in",
    mongoExpressImage: "./images/mongo-express-stand-in",
    encryptNetwork: false,
    ...{ registry: "", nodes: [], advertiseAddress: "127.0.0.1" },
    ...{ jupyterPort: 1, mongoExpressPort: 2, sparkPort: 3, hdfsPort: 4 },
    ...{ rotation: 0, rotationMongo: 0, rotationJupyter: 0, rotationSpark: 0, rotationExpress: 0 },
    rotationGateway: 0,
    maxSecretAgeDays: 90,
    documents: "auto" as const,
    ...{ schedule: "", timeZone: "Europe/London" },
};
