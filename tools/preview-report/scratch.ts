// A temporary stack of a Pulumi project without the user's login and state. It uses the usual plugin cache.
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class Scratch {
    readonly folder = mkdtempSync(join(tmpdir(), "london-power-preview-"));
    private readonly stack: string;

    /** Creates the stack of the project `name`, in a folder that `dispose` deletes. */
    constructor(name: string, stack: string) {
        this.stack = stack;
        mkdirSync(join(this.folder, "state"));
        this.write("Pulumi.yaml", { name, runtime: { name: "nodejs", options: { typescript: false } } });
        const { status, stderr } = this.pulumi(this.folder, "stack", "init");
        if (status !== 0) {
            throw new Error(stderr);
        }
    }

    /** Runs `pulumi <words>` for the stack, in a folder. */
    pulumi(cwd: string, ...words: string[]): SpawnSyncReturns<string> {
        const { PULUMI_CONFIG_PASSPHRASE_FILE: _, ...env } = process.env;
        return spawnSync("pulumi", [...words, "--stack", this.stack, "--non-interactive"], {
            cwd,
            encoding: "utf8",
            maxBuffer: 1 << 28,
            env: {
                ...env,
                PULUMI_BACKEND_URL: `file://${join(this.folder, "state")}`,
                PULUMI_CONFIG_PASSPHRASE: "nothing here is secret",
            },
        });
    }

    /** Writes JSON, which is also YAML, or text to a file. Returns its path. */
    write(name: string, content: object | string): string {
        const path = join(this.folder, name);
        writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
        return path;
    }

    dispose(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }
}
