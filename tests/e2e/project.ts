import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { identify } from "../../provider/host/process.ts";

const checkout = resolve(import.meta.dirname, "../..");
const COPIED = [
    ...["Pulumi.yaml", "Pulumi.local.yaml", "Pulumi.dev.yaml", "Pulumi.gcp.yaml", "package.json"],
    ...["index.ts", "config.ts", "components", "jobs", "provider", "data", "images"],
];
const LINKED = ["node_modules", ".venv"];

/** How a command ended, and all that it said. */
export interface Result {
    code: number;
    output: string;
}

/** A command that is running. */
export interface Running {
    pid: number;
    /** What it has said so far. */
    output(): string;
    ended: Promise<Result>;
}

/**
 * A copy of the project with a state of its own, in a folder whose name has a blank in it, for the real Pulumi command to
 * work on. Toolchain and packages are those of the checkout; everything else may be changed.
 */
export class Project {
    readonly dir = mkdtempSync(join(tmpdir(), "london power "));
    readonly workspace: string;
    private readonly env: NodeJS.ProcessEnv;
    private readonly stack: string;

    /** @param settings the stack's configuration, without the project's name in front of the keys */
    constructor(stack: string, settings: Record<string, string>) {
        this.stack = stack;
        this.workspace = join(this.dir, ".london-power", stack);
        for (const name of COPIED) {
            cpSync(join(checkout, name), join(this.dir, name), { recursive: true, verbatimSymlinks: true });
        }
        for (const name of LINKED) {
            symlinkSync(join(checkout, name), join(this.dir, name));
        }
        // The checkout's own stacks may have left their salt in it.
        const config = Object.entries(settings).map(([key, value]) => `  london-power:${key}: ${value}\n`);
        this.write(`Pulumi.${stack}.yaml`, `config:\n${config.join("")}`);
        mkdirSync(join(this.dir, "state"));
        this.env = {
            ...process.env,
            PULUMI_BACKEND_URL: `file://${join(this.dir, "state")}`,
            PULUMI_CONFIG_PASSPHRASE: "only for this test",
        };
    }

    /** Runs `pulumi <words> --stack <its stack>` to its end. */
    pulumi(...words: string[]): Promise<Result> {
        return this.start(...words).ended;
    }

    /** Starts `pulumi <words> --stack <its stack>`. */
    start(...words: string[]): Running {
        const child = spawn("pulumi", [...words, "--stack", this.stack, "--non-interactive"], {
            cwd: this.dir,
            env: this.env,
            detached: true,
            stdio: ["ignore", "pipe", "pipe"],
        });
        let output = "";
        child.stdout.on("data", (data) => {
            output += data;
        });
        child.stderr.on("data", (data) => {
            output += data;
        });
        const ended = new Promise<Result>((done, failed) => {
            child.once("error", failed);
            child.once("close", (code) => done({ code: code ?? -1, output }));
        });
        return { pid: child.pid as number, output: () => output, ended };
    }

    /** `pulumi up`; throws what it said when it fails. */
    async up(...words: string[]): Promise<string> {
        const { code, output } = await this.pulumi("up", "--yes", "--skip-preview", ...words);
        if (code !== 0) {
            throw new Error(`pulumi up failed with ${code}:\n${output}`);
        }
        return output;
    }

    /** `pulumi up` that has to fail; what it said. */
    async upFails(): Promise<string> {
        const { code, output } = await this.pulumi("up", "--yes", "--skip-preview");
        if (code === 0) {
            throw new Error(`pulumi up should have failed:\n${output}`);
        }
        return output;
    }

    // biome-ignore lint/suspicious/noExplicitAny: the outputs are what the tests look into.
    async outputs(): Promise<any> {
        return JSON.parse((await this.pulumi("stack", "output", "--json")).output);
    }

    /** The stack's state as text. */
    async state(): Promise<string> {
        return (await this.pulumi("stack", "export")).output;
    }

    path(name: string): string {
        return join(this.dir, name);
    }

    read(name: string): string {
        return readFileSync(this.path(name), "utf8");
    }

    write(name: string, content: string): void {
        writeFileSync(this.path(name), content);
    }

    /** Takes the stack down and removes the folder, whatever state they are in. */
    async dispose(): Promise<void> {
        await this.pulumi("cancel", "--yes");
        await this.pulumi("destroy", "--yes", "--skip-preview");
        rmSync(this.dir, { recursive: true, force: true });
    }
}

/** A project whose stack has been made. Default: one for the embedded target. */
export async function newProject(
    stack = "local",
    settings: Record<string, string> = { target: "local" },
): Promise<Project> {
    const project = new Project(stack, settings);
    const { code, output } = await project.pulumi("stack", "init");
    if (code !== 0) {
        throw new Error(output);
    }
    return project;
}

/** How many resources an `up` or `preview` says it created, updated and so on, e.g. `{ updated: 1, unchanged: 10 }`. */
export function counts(output: string): Record<string, number> {
    const [, list = ""] = output.split(/^Resources:$/m);
    const found: Record<string, number> = {};
    for (const [, count, verb] of list.matchAll(/^ {4}(?:\S+ )?(\d+) (.+)$/gm)) {
        found[verb as string] = Number(count);
    }
    return found;
}

/** Waits until something holds; throws with what it waited for when it does not. */
export async function until(
    what: string,
    holds: () => boolean | Promise<boolean>,
    seconds = 60,
): Promise<void> {
    for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; ) {
        if (await holds()) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`waited ${seconds} s in vain for ${what}`);
}

/** Whether a process runs; one that has ended but that nobody has waited for does not. */
export async function isRunning(pid: number): Promise<boolean> {
    return identify(pid).then(
        () => true,
        () => false,
    );
}
