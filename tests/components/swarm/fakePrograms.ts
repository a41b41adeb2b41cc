import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { ExecutionContext } from "ava";
import { folder } from "../../folder.ts";

/**
 * Puts a `docker` first on the PATH that has no images.
 *
 * @param nodes what `docker node ls` answers, a line a node: its name, whether the engine is its own, its state; absent for an
 * engine that is no manager
 */
export function fakeDocker(t: ExecutionContext, nodes?: string[]): void {
    const answer = nodes
        ? `echo '${nodes.join("\n")}'`
        : "echo 'This node is not a swarm manager.' >&2; exit 1";
    fakeProgram(t, "docker", `case "$*" in *' node ls '*) ${answer} ;; *) exit 1 ;; esac`);
}

/** Puts a shell script first on the PATH under the name of a program. */
export function fakeProgram(t: ExecutionContext, name: string, script: string): void {
    const bin = folder(t);
    const command = join(bin, name);
    writeFileSync(command, `#!/bin/sh\n${script}\n`);
    chmodSync(command, 0o755);
    const path = process.env.PATH;
    process.env.PATH = `${bin}${delimiter}${path}`;
    t.teardown(() => {
        process.env.PATH = path;
    });
}
