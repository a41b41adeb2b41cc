import { execFile, execFileSync, spawn } from "node:child_process";
import {
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { identify } from "../../provider/host/process.ts";

const checkout = resolve(import.meta.dirname, "../..");
/** What setup has brought into the checkout, as links. */
const BROUGHT = ["node_modules", ".venv", ".venv-notebook", "provider/embedded-mongo/lib"].filter((name) =>
    existsSync(join(checkout, name)),
);
/** The user's provider plugins, which are no state of theirs. */
const PLUGINS = join(process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "plugins");

/** The stack of a test, its configuration, in which the project's own keys stand without its name, and what its environment has
 * beside the user's. */
export interface StackOptions {
    stack: string;
    settings: Record<string, string>;
    environment?: Record<string, string>;
}
const LOCAL: StackOptions = { stack: "local", settings: { target: "local" } };

/** How a command ended, and all that it said. */
export interface Result {
    code: number;
    output: string;
}

/** A command that is running. */
export interface Running {
    pid: number;
    /** Its output so far. */
    output(): string;
    ended: Promise<Result>;
}

/**
 * A copy of the project, in a folder whose name has a blank in it, with nothing of the user's: neither state nor login. Toolchain
 * and packages are those of the checkout; everything else may be changed.
 */
export class Project {
    readonly dir = mkdtempSync(join(tmpdir(), "london power "));
    readonly workspace: string;
    private readonly env: NodeJS.ProcessEnv;
    readonly stack: string;
    /** Files that were written since `keep`, with the content before; `undefined` for a file that was not there. */
    private readonly replaced = new Map<string, string | undefined>();
    private config = "";

    /** @param state "given" for a backend and a passphrase of the test's own, "default" for what setup makes of none */
    constructor(state: "given" | "default" = "given", { stack, settings, environment } = LOCAL) {
        this.stack = stack;
        this.workspace = join(this.dir, ".london-power", stack);
        const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        for (const name of execFileSync("git", list, { cwd: checkout, encoding: "utf8" }).split("\0")) {
            if (existsSync(join(checkout, name)) && name !== "") {
                cpSync(join(checkout, name), this.path(name));
            }
        }
        for (const name of BROUGHT) {
            symlinkSync(realpathSync(join(checkout, name)), this.path(name));
        }
        // The checkout's own stacks may have left their salt in it.
        const config = Object.entries(settings).map(
            ([key, value]) => `  ${key.includes(":") ? key : `london-power:${key}`}: ${value}\n`,
        );
        this.write(`Pulumi.${stack}.yaml`, `config:\n${config.join("")}`);
        const { PULUMI_BACKEND_URL: _, PULUMI_CONFIG_PASSPHRASE_FILE: __, ...env } = process.env;
        this.env = {
            ...env,
            ...environment,
            PULUMI_HOME: this.path("home/pulumi"),
            XDG_CONFIG_HOME: this.path("home/config"),
        };
        if (existsSync(PLUGINS)) {
            mkdirSync(this.path("home/pulumi"), { recursive: true });
            symlinkSync(PLUGINS, this.path("home/pulumi/plugins"));
        }
        if (state === "given") {
            mkdirSync(this.path("state"));
            this.env.PULUMI_BACKEND_URL = `file://${this.path("state")}`;
            this.env.PULUMI_CONFIG_PASSPHRASE = "only for this test";
        }
    }

    /** Runs `pulumi <words> --stack <its stack>` to its end. */
    pulumi(...words: string[]): Promise<Result> {
        return this.start(...words).ended;
    }

    /** Starts `pulumi <words> --stack <its stack>`. */
    start(...words: string[]): Running {
        return this.spawn("pulumi", [...words, "--stack", this.stack, "--non-interactive"]);
    }

    /** Runs a script of the project in its folder, to its end. */
    script(path: string, ...words: string[]): Promise<Result> {
        return this.startScript(path, ...words).ended;
    }

    /** Starts a script of the project in its folder. */
    startScript(path: string, ...words: string[]): Running {
        return this.spawn(path.endsWith(".ts") ? "node" : "bash", [path, ...words]);
    }

    /** Process id of the provider that an engine has started. */
    async providerOf(engine: Running): Promise<number> {
        const { stdout } = await promisify(execFile)("pgrep", [
            "-P",
            `${engine.pid}`,
            "-f",
            "provider/index.ts",
        ]);
        return Number(stdout);
    }

    private spawn(command: string, words: string[]): Running {
        const child = spawn(command, words, {
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
        if (!this.replaced.has(name)) {
            this.replaced.set(name, existsSync(this.path(name)) ? this.read(name) : undefined);
        }
        writeFileSync(this.path(name), content);
    }

    /** Remembers files and settings as they are now, for `restore`. */
    keep(): void {
        this.replaced.clear();
        this.config = this.read(`Pulumi.${this.stack}.yaml`);
    }

    /** Brings files and settings back as they were at `keep`, and deploys them. Throws what `make up` said if it fails. */
    async restore(): Promise<void> {
        for (const [name, content] of this.replaced) {
            if (content === undefined) {
                rmSync(this.path(name), { force: true });
            } else {
                writeFileSync(this.path(name), content);
            }
        }
        writeFileSync(this.path(`Pulumi.${this.stack}.yaml`), this.config);
        this.keep();
        const { code, output } = await this.script("tools/stack.ts", "up", this.stack);
        if (code !== 0) {
            throw new Error(output);
        }
    }

    /** Takes the stack down and removes the folder, whatever state they are in. */
    async dispose(): Promise<void> {
        await this.pulumi("cancel", "--yes");
        await this.pulumi("destroy", "--yes", "--skip-preview");
        rmSync(this.dir, { recursive: true, force: true });
    }
}

/** A project whose stack has been made. */
export async function newProject(options = LOCAL): Promise<Project> {
    const project = new Project("given", options);
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
    seconds = 300,
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
