import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { pulumi } from "./pulumi.ts";
import { backendFolder, type Deployment } from "./state.ts";

/**
 * Releases the lock of a killed run, and looks for the resources that it was creating; for all resources if the state is an
 * older one.
 *
 * @returns whether the state was compared with the real resources
 */
export function mendKilledRun(stack: string, deployment: Deployment, isOlder: boolean): boolean {
    releaseLocks(stack);
    // A resource that was being created may exist. Our own kinds find it again; for the others, Pulumi has to look.
    const creating = (deployment.pending_operations ?? []).some(({ type }) => type === "creating");
    if (isOlder || creating) {
        pulumi("refresh", "--stack", stack, "--yes", "--clear-pending-creates", "--skip-preview");
    }
    return isOlder || creating;
}

/** Releases locks of processes that no longer run. A file backend locks a stack by a file with the id of the process. */
function releaseLocks(stack: string): void {
    const folder = backendFolder();
    if (!folder) {
        return;
    }
    for (const file of globSync(join(folder, "locks/organization/london-power", stack, "*.json"))) {
        const lock: { pid?: number; hostname?: string } = JSON.parse(readFileSync(file, "utf8"));
        if (lock.pid && lock.hostname === hostname() && !runs(lock.pid)) {
            console.error(
                `The last run of this stack was killed (process ${lock.pid} is gone): releasing its lock.`,
            );
            pulumi("cancel", "--stack", stack, "--yes");
        }
    }
}

/** Whether a process runs. A zombie does not. */
function runs(pid: number): boolean {
    const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", `${pid}`], { encoding: "utf8" });
    return !/^\s*(Z|$)/.test(stdout);
}
