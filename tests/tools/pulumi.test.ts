// The language host under the real CLI: whole deployments of tiny programs, with the state in a scratch folder.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { folder } from "../folder.ts";
import { root, run, which } from "./shell.ts";

const sources = join(root, "tools/offline-toolchain/language-nodejs");

/** A folder with the machine's pulumi, `bin/pulumi`, and the checkout's language host beside it. A copy: it finds its companions beside itself. */
const toolchain = mkdtempSync(join(tmpdir(), "london power-"));

test.before(() => {
    const bin = join(toolchain, "bin");
    mkdirSync(bin);
    copyFileSync(which("pulumi"), join(bin, "pulumi"));
    copyFileSync(join(sources, "pulumi-language-nodejs"), join(bin, "pulumi-language-nodejs"));
    copyFileSync(
        join(root, "node_modules/@pulumi/pulumi/pulumi-resource-pulumi-nodejs"),
        join(bin, "pulumi-resource-pulumi-nodejs"),
    );
    symlinkSync(sources, join(toolchain, "language-nodejs"));
});

test.after.always(() => rmSync(toolchain, { recursive: true, force: true }));

async function deploy(t: ExecutionContext, program: string, provider?: string) {
    t.timeout(120_000);
    const home = folder(t);
    const project = join(home, "project");
    mkdirSync(join(home, "state"));
    mkdirSync(join(project, "provider"), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
    const plugins = provider ? "plugins: {providers: [{name: toy, path: ./provider}]}\n" : "";
    const files = {
        "Pulumi.yaml": `name: tiny\nruntime: {name: nodejs, options: {typescript: false}}\n${plugins}config: {who: {type: string, default: world}}\n`,
        "package.json": `{"name": "tiny", "type": "module", "main": "index.ts"}`,
        "index.ts": program,
        "provider/PulumiPlugin.yaml": "runtime: nodejs\n",
        "provider/package.json": `{"name": "toy", "version": "0.1.0", "type": "module", "main": "index.js"}`,
        // The SDK loads a plugin's entry through its own TypeScript; what that imports is left to Node.
        "provider/index.js": `import "./provider.ts";\n`,
        "provider/provider.ts": provider ?? "",
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(project, name), content);
    const environment = {
        PATH: `${join(toolchain, "bin")}:${process.env.PATH}`,
        HOME: home,
        PULUMI_HOME: join(home, "pulumi"),
        PULUMI_BACKEND_URL: `file://${join(home, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    };
    const pulumi = (...args: string[]) =>
        run(["pulumi", ...args, "--cwd", project, "--non-interactive"], environment);
    t.is((await pulumi("stack", "init", "test")).code, 0);
    return pulumi;
}

const header = `import * as pulumi from "@pulumi/pulumi";\n`;

test.serial(
    "a program in native TypeScript modules gets its configuration, secrets stay secret",
    async (t) => {
        const program = `${header}
        const config = new pulumi.Config();
        export const greeting: string = "hello " + config.require("who");
        export const where = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
        export const hidden = config.requireSecret("pass");`;
        const pulumi = await deploy(t, program);
        t.is((await pulumi("config", "set", "--secret", "pass", "hush")).code, 0);
        const up = await pulumi("up", "--yes", "--skip-preview");
        t.is(up.code, 0, up.stdout + up.stderr);
        t.notRegex(up.stdout + up.stderr, /hush|warning/i);
        const outputs = JSON.parse((await pulumi("stack", "output", "--json")).stdout);
        t.deepEqual(outputs, {
            greeting: "hello world",
            where: "organization/tiny/test",
            hidden: "[secret]",
        });
    },
);

test.serial("a program that throws fails the deployment, with its message once", async (t) => {
    const pulumi = await deploy(t, `${header}throw new Error("this went " + "wrong");`);
    const { code, stdout, stderr } = await pulumi("preview");
    t.not(code, 0);
    const text = stdout + stderr;
    t.is(text.slice(text.indexOf("Diagnostics:")).split("this went wrong").length - 1, 1, text);
    t.notRegex(text, /non-zero exit code/);
});

test.serial("a provider in a folder of the project runs through its PulumiPlugin.yaml", async (t) => {
    const provider = `
        import { main, type Provider } from "@pulumi/pulumi/provider/index.js";
        const provider: Provider = {
            version: "0.1.0",
            async create(_urn: string, inputs: { value: string }) {
                return { id: "one", outs: { made: "made of " + inputs.value } };
            },
        } as never;
        main(provider, process.argv.slice(2));`;
    const program = `${header}
        const toy = new pulumi.CustomResource("toy:index:Toy", "toy", { value: "wood", made: undefined }) as any;
        export const made = toy.made;`;
    const pulumi = await deploy(t, program, provider);
    const up = await pulumi("up", "--yes", "--skip-preview");
    t.is(up.code, 0, up.stdout + up.stderr);
    t.is((await pulumi("stack", "output", "made")).stdout.trim(), "made of wood");
});
