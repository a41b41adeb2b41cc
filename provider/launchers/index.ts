import type { LauncherConfig } from "../sdk/launcherConfig.ts";
import { dataprocLauncher } from "./dataproc.ts";
import type { Launcher } from "./launcher.ts";
import { LocalLauncher } from "./local.ts";
import { serverlessLauncher } from "./serverless.ts";
import { SwarmLauncher } from "./swarm.ts";

/** Creates the launcher of a configuration. */
export function launcherFor(config: LauncherConfig): Launcher {
    switch (config.kind) {
        case "local":
            return new LocalLauncher(config);
        case "swarm":
            return new SwarmLauncher(config);
        case "dataproc":
            return dataprocLauncher(config);
        case "serverless":
            return serverlessLauncher(config);
        default:
            throw new Error(
                `there is no launcher of kind "${(config as { kind: string }).kind}"; the kinds are local, swarm, dataproc, serverless`,
            );
    }
}
