import { spawnSync } from "node:child_process";
import type { Credential } from "../../components/common/platform.ts";

/** The parts that can be rotated alone, and the key of the configuration for each. */
export const PARTS: Record<string, string> = {
    mongo: "rotationMongo",
    jupyter: "rotationJupyter",
    spark: "rotationSpark",
    express: "rotationExpress",
    gateway: "rotationGateway",
};

/**
 * Returns the credentials in the outputs of the stack's last `up`, by part; `undefined` before the first, and if it generates
 * none.
 */
export function credentialsOf(stack: string): Record<string, Credential> | undefined {
    return ask("stack", "output", "--json", "--stack", stack)?.credentials;
}

/** Returns a number of the stack's configuration. */
export function setting(stack: string, key: string, otherwise: number): number {
    const value = ask("config", "--json", "--stack", stack)?.[`london-power:${key}`]?.value;
    return value === undefined ? otherwise : Number(value);
}

/** Whether the last deployment was interrupted during an operation. */
export function wasInterrupted(stack: string): boolean {
    return (ask("stack", "export", "--stack", stack)?.deployment?.pending_operations ?? []).length > 0;
}

// biome-ignore lint/suspicious/noExplicitAny: each command has its own answer.
function ask(...words: string[]): any {
    const { status, stdout } = spawnSync("pulumi", words, { encoding: "utf8", maxBuffer: 1 << 28 });
    return status === 0 ? JSON.parse(stdout) : undefined;
}
