// What a deployment writes into a stack file, with the real Pulumi and git: git does not see it, and every clone has it.
import {
    appendFileSync,
    cpSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { folder } from "../folder.ts";
import { root, run, which } from "./shell.ts";

/** A folder with a project for each template. */
let templates: string;

test.before(async () => {
    templates = mkdtempSync(join(tmpdir(), "london power-"));
    const [empty, withStack, withState] = ["empty", "withStack", "withState"].map((name) =>
        join(templates, name),
    ) as [string, string, string];
    await createClones(empty);
    copy(empty, withStack);
    const first = projectIn(withStack);
    await first.shell(first.clone, "node tools/stack.ts init dev");
    copy(withStack, withState);
    const second = projectIn(withState);
    await imported(second.clone, second.shell, {});
    await second.shell(second.clone, "pulumi refresh --stack dev --yes --skip-preview");
});

test.after.always(() => rmSync(templates, { recursive: true, force: true }));

test("git does not see a new stack's salt, and sees every setting of the user", async (t) => {
    const { clone, shell } = project(t, "empty");
    await shell(clone, "node tools/stack.ts init dev");
    const { salt } = await stackFile(clone);
    t.truthy(salt);
    t.is(await shell(clone, "git status --porcelain"), "");
    await shell(clone, "pulumi config set london-power:workers 5 --stack dev");
    t.is(await shell(clone, "git status --porcelain"), " M Pulumi.dev.yaml\n");
    await shell(clone, "git commit --quiet --all --message 'Run five workers'");
    t.is(
        await shell(clone, "git show HEAD:Pulumi.dev.yaml"),
        'config:\n  london-power:target: dev\n  london-power:workers: "5"\n',
    );
    t.is((await stackFile(clone)).salt, salt);
    t.is(await shell(clone, "git status --porcelain"), "");
});

test("git does not see a rotation, and other staged changes stay as they are", async (t) => {
    const { clone, shell } = project(t);
    await shell(clone, "pulumi config set london-power:rotation 1 --stack dev");
    await shell(clone, "echo one >new && git add new && echo two >new && node tools/stack.ts init dev");
    t.is(await shell(clone, "git status --porcelain"), "AM new\n");
    t.regex((await stackFile(clone)).text, /london-power:rotation: "1"/);
});

test("git does not see the settings that the machine needs, but sees other values of them", async (t) => {
    const { clone, shell } = project(t);
    const set = (key: string, value: string) =>
        shell(clone, `pulumi config set london-power:${key} ${value} --stack dev && git add --update`);
    await set("baseImage", "london-power/debian:bookworm");
    await set("mongoImage", "./images/mongo-stand-in");
    await set("mongoExpressImage", "./images/mongo-express-stand-in");
    await set("encryptNetwork", "false");
    t.is(await shell(clone, "git status --porcelain"), "");
    await set("mongoImage", "mongo:8.0.15");
    t.is(await shell(clone, "git status --porcelain"), "M  Pulumi.dev.yaml\n");
});

test("another clone gets salt and rotations from the stack's state, and keeps its own numbers if they are higher", async (t) => {
    const { clone, other, shell } = project(t);
    await shell(clone, "pulumi config set --secret london-power:mongoUri mongodb://one --stack dev");
    await imported(clone, shell, { mongo: 3, spark: 2 });
    cpSync(join(clone, "Pulumi.dev.yaml"), join(other, "Pulumi.dev.yaml"));
    await shell(other, "sed -i.bak /encryptionsalt/d Pulumi.dev.yaml && rm Pulumi.dev.yaml.bak");
    await shell(
        other,
        "pulumi config set london-power:rotation 2 --stack dev && node tools/stack.ts init dev",
    );
    const { salt, text } = await stackFile(other);
    t.is(salt, (await stackFile(clone)).salt);
    t.is(await shell(other, "pulumi config get london-power:mongoUri --stack dev"), "mongodb://one\n");
    t.regex(text, /london-power:rotation: "2"/);
    t.regex(text, /london-power:rotationMongo: "1"/);
    t.notRegex(text, /rotationSpark/);
});

test("lint refuses a tracked stack file with a salt, a rotation or a secret, unless a team shares it", async (t) => {
    const { other, shell } = project(t, "empty");
    const lint = `${quoted(join(root, "tools/setup/stack-files.sh"))}`;
    const check = `set +e; . ${lint}; check_stack_files 2>&1; echo $?`;
    t.is(await shell(other, check), "0\n");
    for (const line of [
        "encryptionsalt: v1:abc",
        '  london-power:rotationMongo: "1"',
        "  london-power:mongoUri:\n    secure: v1:abc",
    ]) {
        writeFileSync(join(other, "Pulumi.dev.yaml"), `config:\n  london-power:target: dev\n${line}\n`);
        await shell(other, "git add .");
        t.regex(await shell(other, check), /^Pulumi\.dev\.yaml:\d:.*\nerror: .*docs\/setup\.md[\s\S]*1\n$/);
    }
    appendFileSync(join(other, ".gitattributes"), "Pulumi.dev.yaml -filter\n");
    await shell(other, "git add .");
    t.is(await shell(other, check), "0\n");
});

for (const [what, files, sentence] of [
    ["the attributes beside the state are", ["dev.json.attrs"], undefined],
    [
        "the state itself is",
        ["dev.json"],
        /cut off by a killed run: taking the last whole one, .*dev\.json\.bak/,
    ],
    [
        "the state and its last copy are",
        ["dev.json", "dev.json.bak"],
        /taking the last whole one, .*(backups|history)/,
    ],
] as const) {
    test(`if ${what} cut off, the next command repairs that and goes on`, async (t) => {
        const { clone, shell, state } = project(t, "withState");
        for (const name of files) {
            const path = join(state, ".pulumi/stacks/london-power", name);
            writeFileSync(path, name.endsWith(".attrs") ? "" : readFileSync(path).subarray(0, 50));
        }
        await t.throwsAsync(shell(clone, "pulumi stack export --stack dev"), {
            message: /EOF|unexpected end/,
        });
        const said = await shell(clone, "node tools/stack.ts init dev 2>&1");
        if (sentence) {
            t.regex(said, sentence);
        } else {
            t.is(said, "");
        }
        t.regex(await shell(clone, "pulumi stack export --stack dev"), /pulumi:pulumi:Stack/);
    });
}

test("if no state is complete, the error has the command that imports one", async (t) => {
    const { clone, shell, state } = project(t);
    await shell(clone, `for f in ${quoted(state)}/.pulumi/stacks/london-power/dev.json*; do : >"$f"; done`);
    await t.throwsAsync(shell(clone, "node tools/stack.ts up dev"), {
        message: /stacks\/london-power\/dev\.json, cannot be read.*pulumi stack import --stack dev --file/,
    });
});

test("the address that set-up gives the backend writes no attributes at all", async (t) => {
    const { clone, shell, state } = project(t, "empty");
    const address = `export PULUMI_BACKEND_URL=${quoted(`file://${state}?metadata=skip`)}`;
    await shell(clone, `${address}; node tools/stack.ts init dev; pulumi stack export --stack dev`);
    t.is(await shell(state, "find . -name '*.attrs'"), "");
    t.regex(await shell(state, "find . -name '*.json'"), /dev\.json/);
});

test("a wrong passphrase and a missing backend are errors that say what to do", async (t) => {
    const { clone, other, shell, state } = project(t);
    const wrong = "export PULUMI_CONFIG_PASSPHRASE=another";
    await t.throwsAsync(shell(clone, `${wrong}; node tools/stack.ts up dev`), {
        message:
            /The line encryptionsalt in Pulumi\.dev\.yaml was made with another passphrase than that in PULUMI_CONFIG_PASSPHRASE\. .*PULUMI_CONFIG_PASSPHRASE_FILE=/,
    });
    cpSync(join(clone, "Pulumi.dev.yaml"), join(other, "Pulumi.dev.yaml"));
    mkdirSync(`${state}-2`);
    const elsewhere = `export PULUMI_BACKEND_URL=${quoted(`file://${state}-2`)}`;
    await t.throwsAsync(shell(other, `${wrong}; ${elsewhere}; node tools/stack.ts init dev`), {
        message: /remove it: sed .* Pulumi\.dev\.yaml/,
    });
    await shell(clone, "pulumi config set --secret london-power:mongoUri mongodb://one --stack dev");
    const secret = await shell(clone, "grep -A 1 mongoUri Pulumi.dev.yaml");
    writeFileSync(join(other, "Pulumi.dev.yaml"), `config:\n${secret}`);
    await t.throwsAsync(
        shell(other, `${elsewhere}; node tools/stack.ts init dev; node tools/stack.ts up dev`),
        {
            message: /Set it again: pulumi config set --secret london-power:mongoUri --stack dev/,
        },
    );
    const nowhere = `export PULUMI_BACKEND_URL=${quoted(`file://${state}-3`)}`;
    await t.throwsAsync(shell(clone, `${nowhere}; node tools/stack.ts init dev`), {
        message: /backend does not answer\. It is file:.*-3, .*unset PULUMI_BACKEND_URL/,
    });
});

type Template = "empty" | "withStack" | "withState";

interface Project {
    /** A clone in which set-up has run. */
    clone: string;
    /** A clone without set-up. */
    other: string;
    /** The folder of the backend that the clones share. */
    state: string;
    shell: Shell;
}

type Shell = (where: string, script: string) => Promise<string>;

/** A copy of a template, which goes away with the test. */
function project(t: ExecutionContext, template: Template = "withStack"): Project {
    const home = folder(t);
    copy(join(templates, template), home);
    return projectIn(home);
}

/** Two clones of a repository with the project's tools and an empty program, that share a backend and a passphrase. */
function projectIn(home: string): Project {
    const shell = async (where: string, script: string) => {
        const { code, stdout, stderr } = await run([which("bash"), "-ec", `cd "$0"; ${script}`, where], {
            PATH: process.env.PATH,
            HOME: home,
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_BACKEND_URL: `file://${join(home, "the state")}`,
            PULUMI_CONFIG_PASSPHRASE: "one",
            GIT_AUTHOR_NAME: "a",
            GIT_AUTHOR_EMAIL: "a@example.org",
            GIT_COMMITTER_NAME: "a",
            GIT_COMMITTER_EMAIL: "a@example.org",
        });
        if (code !== 0) {
            throw new Error(stdout + stderr);
        }
        return stdout;
    };
    return {
        clone: join(home, "one clone"),
        other: join(home, "other"),
        state: join(home, "the state"),
        shell,
    };
}

/** Creates the repository and its two clones, without a stack. */
async function createClones(home: string): Promise<void> {
    const { clone, other, state, shell } = projectIn(home);
    mkdirSync(state, { recursive: true });
    // Above the clones, so that git sees nothing of it.
    symlinkSync(join(root, "node_modules"), join(home, "node_modules"));
    for (const name of ["tools", "components/common/platform.ts", "provider", ".gitattributes"]) {
        cpSync(join(root, name), join(clone, name), {
            recursive: true,
            filter: (source) => !source.includes("node_modules") && !source.includes("embedded-mongo"),
        });
    }
    writeFileSync(join(clone, "Pulumi.yaml"), "name: london-power\nruntime: nodejs\n");
    writeFileSync(join(clone, "Pulumi.dev.yaml"), "config:\n  london-power:target: dev\n");
    await shell(clone, "git init --quiet . && git add . && git commit --quiet --message first");
    await shell(clone, `git clone --quiet . ${quoted(other)}`);
    await shell(clone, "root=$PWD; . tools/setup/common.sh; . tools/setup/stack-files.sh; setup_stack_files");
}

function copy(from: string, to: string): void {
    cpSync(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
}

/** Gives the stack a state with its own resource and the credentials of some parts, rotated so often. */
async function imported(clone: string, shell: Shell, rotations: Record<string, number>): Promise<void> {
    const state = JSON.parse(await shell(clone, "pulumi stack export --stack dev"));
    const urn = (type: string, name: string) => `urn:pulumi:dev::london-power::${type}::${name}`;
    const provider = urn("pulumi:providers:london-power", "default");
    const parts = Object.entries(rotations).map(([part, rotation]) => ({
        urn: urn("london-power:time:Timestamp", `dev-credentials-${part}`),
        custom: true,
        id: "now",
        type: "london-power:time:Timestamp",
        inputs: { triggers: { rotation } },
        provider: `${provider}::id`,
    }));
    state.deployment.resources = [
        { urn: urn("pulumi:pulumi:Stack", "london-power-dev"), type: "pulumi:pulumi:Stack", custom: false },
        { urn: provider, custom: true, id: "id", type: "pulumi:providers:london-power" },
        ...parts,
    ];
    if (parts.length === 0) {
        state.deployment.resources.pop();
    }
    writeFileSync(join(clone, "state.json"), JSON.stringify(state));
    await shell(clone, "pulumi stack import --stack dev --file state.json; rm state.json");
}

async function stackFile(clone: string): Promise<{ text: string; salt: string | undefined }> {
    const text = readFileSync(join(clone, "Pulumi.dev.yaml"), "utf8");
    return { text, salt: /^encryptionsalt: (.*)$/m.exec(text)?.[1] };
}

function quoted(path: string): string {
    return `'${path}'`;
}
