import { posix } from "node:path";
import type { SwarmLauncherConfig } from "./launcherConfig.ts";
import type { Work } from "./work.ts";

/** The command of a container of our image that runs a job's driver under some name, but for `--run`. */
export function driverCommand(
    { script, args, conf }: Work,
    name: string,
    { scripts, memory }: Pick<SwarmLauncherConfig, "scripts" | "memory">,
): string[] {
    return [
        "driver",
        scripts,
        "--driver-memory",
        memory,
        "--name",
        name,
        ...Object.entries(conf).flatMap(([key, value]) => ["--conf", `${key}=${value}`]),
        posix.join(scripts, posix.basename(script)),
        ...args,
    ];
}
