import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { pulumi } from "./pulumi.ts";
import { backendFolder, type Deployment, deploymentOf } from "./state.ts";

/** Releases what a killed run holds, and looks up what it was creating; all there is where the state is an older one. */
export function mendKilledRun(stack: string, deployment: Deployment, isOlder: boolean): void {
    releaseLocks(stack);
    // What was being created may or may not be there; our resources find it again, others are Pulumi's to look up.
    const creating = (deployment.pending_operations ?? []).some(({ type }) => type === "creating");
    if (isOlder || creating) {
        pulumi("refresh", "--stack", stack, "--yes", "--clear-pending-creates", "--skip-preview");
        removeLostSecrets(stack, deploymentOf(stack));
    }
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

/** A Docker secret that was being created is in no state, and its password would be good until the next rotation. */
function removeLostSecrets(stack: string, { resources = [] }: Deployment): void {
    const docker = (...words: string[]) => spawnSync("docker", words, { encoding: "utf8" }).stdout ?? "";
    const known = resources.map(({ id }) => id);
    const label = `label=com.docker.stack.namespace=london-power-${stack}`;
    for (const secret of docker("secret", "ls", "--quiet", "--filter", label).split("\n").filter(Boolean)) {
        if (!known.includes(secret)) {
            docker("secret", "rm", secret);
        }
    }
}
