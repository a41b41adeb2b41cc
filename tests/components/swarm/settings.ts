import { settingsWith } from "../../config/settings.ts";

/** The settings of a small stack; all else is the defaults of Pulumi.yaml. */
export const SETTINGS = settingsWith("dev", {
    workers: "2",
    workerCores: "1",
    workerMemory: "1g",
    driverMemory: "1g",
    datanodes: "3",
    mongoImage: "./images/mongo-stand-in",
    mongoExpressImage: "./images/mongo-express-stand-in",
    encryptNetwork: "false",
    models: "linear",
});
