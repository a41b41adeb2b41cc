import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { folder } from "../folder.ts";
import { path, root, run, which } from "./shell.ts";

const goodNode = "echo v22.18.0";
const goodPulumi = "echo v3.300.0";

/** A checkout with nothing but tools/, in a folder whose name has a blank and a quote in it. */
function checkout(t: ExecutionContext): string {
    const directory = join(folder(t), "john's checkout");
    cpSync(join(root, "tools"), join(directory, "tools"), {
        recursive: true,
        filter: (source) => !source.includes("node_modules"),
    });
    return directory;
}

async function environment(
    t: ExecutionContext,
    programs: Record<string, string>,
    extra: NodeJS.ProcessEnv = {},
) {
    const home = checkout(t);
    const bin = path(t, [], programs);
    const settings = { PATH: bin, HOME: join(home, "home dir"), ...extra };
    const script = join(home, "tools/env.sh");
    return { home, bin, script, settings, ...(await run([which("bash"), script], settings)) };
}

test("env.sh prints only exports, which can be evaluated even if paths contain blanks and quotes", async (t) => {
    const { home, bin, script, settings, stdout, stderr } = await environment(t, {
        node: goodNode,
        pulumi: goodPulumi,
    });
    t.is(stderr, "");
    for (const line of stdout.trim().split("\n")) t.regex(line, /^export [A-Z_]+='.*'$/);
    t.regex(stdout, /^export PULUMI_HOME='.*home dir\/.pulumi'$/m);
    t.regex(stdout, /^export NODE_COMPILE_CACHE='.*\/node-compile-cache'$/m);
    for (const shell of ["bash", "sh"]) {
        const evaluated = await run(
            [
                which(shell),
                "-c",
                `eval "$(bash "$0")"; printf '%s|' "$PATH" "$PULUMI_SKIP_UPDATE_CHECK"`,
                script,
            ],
            settings,
        );
        t.is(evaluated.stdout, `${home}/.venv/bin:${home}/node_modules/.bin:${bin}|true|`, evaluated.stderr);
    }
});

test("evaluating the output of env.sh twice changes nothing", async (t) => {
    const { script, settings, stdout } = await environment(t, { node: goodNode, pulumi: goodPulumi });
    const twice = await run([which("bash"), "-c", `eval "$(bash "$0")"; bash "$0"`, script], settings);
    t.is(twice.stdout, stdout);
});

test("the machine's own Pulumi may download plugins, and the offline one may not", async (t) => {
    const own = await environment(t, { node: goodNode, pulumi: goodPulumi });
    t.notRegex(own.stdout, /ACQUISITION/);

    const named = await run(
        [
            which("bash"),
            "-c",
            `
        for part in common versions once detect; do . "$0/tools/setup/$part.sh"; done
        . "$0/tools/offline-toolchain/paths.sh"; offline_cli`,
            own.home,
        ],
        own.settings,
    );
    const offline = named.stdout.trim();
    mkdirSync(join(offline, "bin"), { recursive: true });
    const unfinished = await run([which("bash"), own.script], own.settings);
    t.notRegex(unfinished.stdout, /ACQUISITION/, "a build without its mark must not count");

    writeFileSync(join(offline, ".complete"), "");
    const { stdout } = await run([which("bash"), own.script], own.settings);
    t.regex(stdout, /^export PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION='true'$/m);
    t.true(stdout.includes(join(offline, "bin").replaceAll("'", `'\\''`)));
});

test("env.sh reports missing parts on standard error, and still prints only exports", async (t) => {
    const { code, stdout, stderr } = await environment(t, { node: "echo v20.1.0" });
    t.is(code, 0);
    t.regex(stderr, /Pulumi is not set up yet/);
    t.regex(stderr, /Node is not set up yet/);
    for (const line of stdout.trim().split("\n")) t.regex(line, /^export /);
});

test("the language host's lock file contains no registry addresses", (t) => {
    const lock = readFileSync(
        join(root, "tools/offline-toolchain/language-nodejs/package-lock.json"),
        "utf8",
    );
    t.regex(lock, /"integrity": "sha512-/);
    t.notRegex(lock, /"resolved"/);
});
