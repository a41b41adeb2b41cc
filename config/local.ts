import { text, whole } from "./kinds.ts";
import { mongoPort, mongoUri } from "./shared.ts";

/** The settings of the embedded target. */
export const LOCAL = {
    workspace: text({
        description:
            "The folder for lake, documents, logs and results, as an absolute path such as /home/me/london-power; empty for .london-power/<stack> in the project",
        default: "",
        rule: {
            allowed: "an absolute path, or nothing",
            pattern: /^(\/.*)?$/,
            example: "/home/me/london-power",
        },
    }),
    cores: whole({
        description: "The number of cores that a Spark driver uses; 0 for all cores of the machine",
        default: 0,
        least: 0,
        most: 1024,
    }),
    mongoPort,
    mongoUri,
};
