import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PARTS, setting } from "./credentials.ts";
import { pulumi } from "./pulumi.ts";
import type { Deployment } from "./state.ts";

/**
 * Writes into this clone's stack file what Pulumi reads from there and the deployment has generated: the salt of the stack's
 * secrets, and how often each part has been rotated. Git does not see these lines; every clone finds them in the stack's state.
 */
export function completeStackFile(stack: string, deployment: Deployment): void {
    const salt = deployment.secrets_providers?.state?.salt;
    if (salt && !/^(encryptionsalt|secretsprovider):/m.test(readFileSync(stackFile(stack), "utf8"))) {
        appendFileSync(stackFile(stack), `encryptionsalt: ${salt}\n`);
    }
    const rotations = rotationsIn(deployment);
    if (rotations.length === 0) {
        return;
    }
    const all = setting(stack, "rotation", 0);
    for (const { key, rotation } of rotations) {
        if (all + setting(stack, key, 0) < rotation) {
            pulumi("config", "set", `london-power:${key}`, `${rotation - all}`, "--stack", stack);
        }
    }
}

/** Adds the settings that this machine needs, as found by set-up, to a swarm's stack file. Existing settings stay. */
export function addMachineSettings(stack: string): void {
    if (targetOf(stack) !== "dev") {
        return;
    }
    const text = readFileSync(stackFile(stack), "utf8");
    const found = execFileSync(join(import.meta.dirname, "../machine.sh"), { encoding: "utf8" });
    for (const [, key, value] of found.matchAll(/^(\S+) (.+)$/gm)) {
        if (!text.includes(`london-power:${key}:`)) {
            console.error(`This machine needs london-power:${key}=${value}: set for the stack ${stack}.`);
            pulumi("config", "set", `london-power:${key}`, value as string, "--stack", stack);
        }
    }
}

/** Returns the target in the stack's file; `undefined` if it names none. */
export function targetOf(stack: string): string | undefined {
    return /^ +london-power:target: (\w+)$/m.exec(readFileSync(stackFile(stack), "utf8"))?.[1];
}

/**
 * Lets git see the stack file as unchanged if its filter removes all new lines. Git compares sizes first, and would report the
 * file as modified until it has read it again. Settings of the user stay visible.
 */
export function hideFromGit(stack: string): void {
    const file = stackFile(stack);
    const git = (...words: string[]) => spawnSync("git", words, { encoding: "utf8" });
    const tracked = git("rev-parse", "--verify", "--quiet", `:./${file}`);
    if (tracked.status === 0 && git("hash-object", "--path", file, file).stdout === tracked.stdout) {
        git("update-index", file);
    }
}

/** Returns the number of rotations of each part in the state, and the key of the configuration that counts them. */
function rotationsIn({ resources = [] }: Deployment): { key: string; rotation: number }[] {
    return resources.flatMap(({ type, urn, inputs }) => {
        const key = PARTS[/-credentials-(\w+)$/.exec(urn)?.[1] ?? ""];
        const { rotation } = (inputs?.triggers ?? {}) as { rotation?: number };
        return type === "london-power:time:Timestamp" && key && rotation ? [{ key, rotation }] : [];
    });
}

function stackFile(stack: string): string {
    return `Pulumi.${stack}.yaml`;
}
