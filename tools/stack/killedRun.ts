import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { pulumi } from "./pulumi.ts";
import { backendFolder, type Deployment } from "./state.ts";

/**
 * Releases what a killed run holds, and looks up what it was creating; all there is where the state is an older one.
 *
 * @returns whether the state was compared with what is there
 */
export function mendKilledRun(stack: string, deployment: Deployment, isOlder: boolean): boolean {
    releaseLocks(stack);
    // What was being created may or may not be there; our resources find it again, others are Pulumi's to look up.
    const creating = (deployment.pending_operations ?? []).some(({ type }) => type === "creating");
    if (isOlder || creating) {
        pulumi("refresh", "--stack", stack, "--yes", "--clear-pending-creates", "--skip-preview");
    }
    return isOlder || creating;
}

/** A file backend locks a stack by a file that says who holds it; a process that was killed holds it for ever. */
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

/** One that has ended, but that nobody has waited for, does not run. */
function runs(pid: number): boolean {
    const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", `${pid}`], { encoding: "utf8" });
    return !/^\s*(Z|$)/.test(stdout);
}
