import { posix } from "node:path";
import type { Submission, SwarmLauncherConfig } from "../launchers/launcher.ts";

/** The command of a container of our image that runs a job's driver under some name, but for `--run`. */
export function driverCommand(
    { script, args, conf }: Pick<Submission, "script" | "args" | "conf">,
    name: string,
    { scripts, memory }: Pick<SwarmLauncherConfig, "scripts" | "memory">,
): string[] {
    return [
        ...["driver", scripts, "--driver-memory", memory, "--name", name],
        ...Object.entries(conf).flatMap(([key, value]) => ["--conf", `${key}=${value}`]),
        ...[posix.join(scripts, posix.basename(script)), ...args],
    ];
}
