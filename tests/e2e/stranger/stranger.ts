import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { blocksFor, commandsIn } from "../../docs/blocks.ts";
import { useLightJobs } from "../lightJobs.ts";
import { LocalSignals } from "../signals.ts";

const checkout = resolve(import.meta.dirname, "../../..");
const userCache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
const cache = process.env.LONDON_POWER_CACHE ?? join(userCache, "london-power");

/**
 * Somebody who has never seen the project: a clone of the commit under test in a folder with a blank in its name, and a home with
 * nothing in it. Shares with the user what was downloaded and built, and nothing else.
 */
export class Stranger {
    readonly home = realpathSync(mkdtempSync(join(tmpdir(), "a stranger-")));
    readonly clone = join(this.home, "london power");
    private readonly env: NodeJS.ProcessEnv;

    /** @param environment what they have set beside what everybody has */
    constructor(environment: NodeJS.ProcessEnv = {}) {
        this.env = { ...own(this.home), ...environment };
        execFileSync("git", ["clone", "--quiet", "--no-hardlinks", checkout, this.clone], { env: this.env });
        const commit = git(checkout, "rev-parse", "HEAD");
        git(this.clone, "checkout", "--quiet", "-B", "main", commit);
        // What they would find is the commit, but with jobs that are quickly done.
        useLightJobs(this, undefined, new LocalSignals(join(this.clone, ".london-power/signals")));
        const me = ["-c", "user.name=A Stranger", "-c", "user.email=stranger@example.org"];
        git(this.clone, ...me, "commit", "--quiet", "--all", "--message", "Make the jobs small");
    }

    /**
     * Types commands into one shell, each once the one before it has succeeded.
     *
     * @returns all that was shown, each command after a `$`
     * @throws {Error} with all that was shown, when a command fails
     */
    async type(...commands: string[]): Promise<string> {
        const lines = commands.flatMap((command) => [`echo ${quoted(`$ ${command}`)}`, command]);
        const script = join(this.home, "typed.sh");
        // Nobody is there to answer `pulumi up`.
        writeFileSync(script, ["set -e", "export PULUMI_SKIP_CONFIRMATIONS=true", ...lines, ""].join("\n"));
        const child = spawn("bash", [script], {
            cwd: this.clone,
            env: this.env,
            stdio: ["ignore", "pipe", "pipe"],
        });
        let shown = "";
        for (const stream of [child.stdout, child.stderr]) {
            stream.on("data", (data) => {
                shown += data;
            });
        }
        const code = await new Promise((done, failed) => {
            child.once("error", failed);
            child.once("close", done);
        });
        if (code !== 0) {
            throw new Error(`a stranger's commands ended with ${code}:\n${shown}`);
        }
        return shown;
    }

    /** What git says has changed in the clone; "" for nothing. */
    changes(): string {
        return git(this.clone, "status", "--porcelain");
    }

    path(name: string): string {
        return join(this.clone, name);
    }

    read(name: string): string {
        return readFileSync(this.path(name), "utf8");
    }

    write(name: string, content: string): void {
        writeFileSync(this.path(name), content);
    }

    /** Takes these stacks down, whatever state they are in, and removes home and clone. */
    async leave(...stacks: string[]): Promise<void> {
        for (const stack of stacks) {
            await this.type(`make destroy STACK=${stack}`).catch((error) => console.error(error.message));
        }
        rmSync(this.home, { recursive: true, force: true });
    }
}

/**
 * The commands of a page's blocks that a test runs, in their order; of those under one heading, or of all.
 *
 * @param test path of the test, which the blocks' markers name
 * @param page text of the page
 */
export function commandsOf(test: string, page: string, heading?: string): string[] {
    return blocksFor(test, page)
        .filter((block) => heading === undefined || block.heading === heading)
        .flatMap(commandsIn);
}

/** The environment of a new user: the machine's programs without those of this checkout, and no state, login or passphrase. */
function own(home: string): NodeJS.ProcessEnv {
    const {
        PULUMI_BACKEND_URL: _backend,
        PULUMI_CONFIG_PASSPHRASE: _passphrase,
        PULUMI_CONFIG_PASSPHRASE_FILE: _file,
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: _acquisition,
        PULUMI_HOME: _pulumiHome,
        PULUMI_SKIP_UPDATE_CHECK: _check,
        // What `make test` hands down to a `make` below it: such a one says which folder it enters.
        MAKEFLAGS: _flags,
        MFLAGS: _oldFlags,
        MAKELEVEL: _level,
        MAKEOVERRIDES: _overrides,
        ...env
    } = process.env;
    const path = (env.PATH ?? "").split(delimiter);
    const config = join(home, ".config");
    mkdirSync(config);
    return {
        ...env,
        PATH: path.filter((name) => !name.startsWith(checkout) && !name.startsWith(cache)).join(delimiter),
        HOME: home,
        XDG_CONFIG_HOME: config,
        XDG_CACHE_HOME: userCache,
        LONDON_POWER_CACHE: cache,
        npm_config_cache: env.npm_config_cache ?? join(homedir(), ".npm"),
        npm_config_userconfig: env.npm_config_userconfig ?? join(homedir(), ".npmrc"),
        GOPATH: env.GOPATH ?? join(homedir(), "go"),
        GOENV: env.GOENV ?? join(homedir(), ".config/go/env"),
    };
}

function git(folder: string, ...words: string[]): string {
    return execFileSync("git", ["-C", folder, ...words], { encoding: "utf8" }).trim();
}

function quoted(text: string): string {
    return `'${text.replaceAll("'", "'\\''")}'`;
}
