import { spawnSync } from "node:child_process";
import type { Deployment } from "./state.ts";

/** Ends this process if the Docker engine runs a stack of this name that is not in the state; the names would be taken. */
export function refuseNamesakes(stack: string, { resources = [] }: Deployment): void {
    if (resources.length > 0) {
        return;
    }
    const label = `label=com.docker.stack.namespace=london-power-${stack}`;
    const asked = spawnSync("docker", ["service", "ls", "--quiet", "--filter", label], { encoding: "utf8" });
    if (asked.stdout?.trim()) {
        console.error(
            `error: the Docker engine already runs a stack ${stack}, of which the state at ${process.env.PULUMI_BACKEND_URL ?? "your login's backend"} ` +
                "knows nothing: another clone or another backend has made it. Go on there; or with its state here: " +
                "export PULUMI_BACKEND_URL=file:///that/clone/.pulumi-state; " +
                `or take it down: docker stack rm london-power-${stack}, and what else docs/operations.md names under "The state is lost"`,
        );
        process.exit(1);
    }
}
