import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import grpc from "@grpc/grpc-js";
import stubs from "@pulumi/pulumi/proto/language_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/language_pb.js";
import test, { type ExecutionContext } from "ava";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { folder } from "../folder.ts";
import { root, start } from "./shell.ts";

const sources = join(root, "tools/offline-toolchain/language-nodejs");

/** Starts the host as the CLI does, and connects to the port that it prints. */
async function host(t: ExecutionContext) {
    const { child, result } = start(["node", join(sources, "src/main.ts"), "127.0.0.1:1234"], process.env);
    const port = await new Promise<string>((resolve, reject) => {
        child.stdout?.once("data", (data) => resolve(String(data).trim()));
        child.once("close", () => reject(new Error("the host ended before it printed a port")));
    });
    const client = new stubs.LanguageRuntimeClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    t.teardown(async () => {
        client.close();
        child.kill("SIGINT");
        await result;
    });
    return client;
}

function write(files: Record<string, string | object>, directory: string) {
    for (const [name, content] of Object.entries(files)) {
        const file = join(directory, name);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    }
}

function info(directory: string, options: Record<string, boolean | string> = {}) {
    const message = new proto.ProgramInfo();
    message.setRootDirectory(directory);
    message.setProgramDirectory(directory);
    message.setEntryPoint(".");
    message.setOptions(struct.Struct.fromJavaScript(options));
    return message;
}

const call = <R>(ask: (done: (error: grpc.ServiceError | null, response: R) => void) => unknown) =>
    new Promise<R>((resolve, reject) =>
        ask((error, response) => (error ? reject(error) : resolve(response))),
    );

// Stands in for the SDK's run script: notes how it was called, and ends as the test wants.
const runScript = `
require("fs").writeFileSync("called.json", JSON.stringify({ args: process.argv.slice(2), nodeArgs: process.execArgv, env: process.env }));
process.exit(Number(process.env.TRY_EXIT ?? require("./code.json")));`;

async function runProgram(t: ExecutionContext, code: number, options: Record<string, boolean | string> = {}) {
    const directory = folder(t);
    const script = runScript.replace(`"called.json"`, JSON.stringify(join(directory, "called.json")));
    write(
        {
            "node_modules/@pulumi/pulumi/cmd/run/index.js": script,
            "node_modules/@pulumi/pulumi/cmd/run/code.json": String(code),
        },
        directory,
    );
    const client = await host(t);
    const request = new proto.RunRequest();
    request.setProject("power");
    request.setStack("local");
    request.setOrganization("organization");
    request.setParallel(4);
    request.setDryrun(true);
    request.setMonitorAddress("127.0.0.1:99");
    request.getConfigMap().set("power:target", "local").set("power:pass", "hush");
    request.setConfigsecretkeysList(["power:pass"]);
    request.setInfo(info(directory, options));
    const response = await call<proto.RunResponse>((done) => client.run(request, done));
    return { directory, response, called: JSON.parse(readFileSync(join(directory, "called.json"), "utf8")) };
}

test("the language host runs the program's own SDK with the expected arguments", async (t) => {
    const { directory, response, called } = await runProgram(t, 0, {
        typescript: false,
        nodeargs: `--title "two words"`,
    });
    t.is(response.getError(), "");
    t.false(response.getBail());
    const expected = {
        monitor: "127.0.0.1:99",
        engine: "127.0.0.1:1234",
        organization: "organization",
        project: "power",
        "root-directory": directory,
        stack: "local",
        pwd: directory,
        parallel: "4",
    };
    t.deepEqual(called.args, [
        ...Object.entries(expected).flatMap(([name, value]) => [`--${name}`, value]),
        "--dry-run",
        ".",
    ]);
    t.deepEqual(called.nodeArgs, ["--title", "two words"]);
    t.deepEqual(JSON.parse(called.env.PULUMI_CONFIG), {
        "power:config:target": "local",
        "power:config:pass": "hush",
    });
    t.deepEqual(JSON.parse(called.env.PULUMI_CONFIG_SECRET_KEYS), ["power:pass"]);
    t.is(called.env.PULUMI_NODEJS_TYPESCRIPT, undefined);
});

test("the SDK's TypeScript is used unless the project disables it", async (t) => {
    t.is((await runProgram(t, 0)).called.env.PULUMI_NODEJS_TYPESCRIPT, "true");
});

test("only a failure that the SDK has not shown is reported", async (t) => {
    const shown = (await runProgram(t, 32)).response;
    t.true(shown.getBail());
    t.is(shown.getError(), "");
    const silent = (await runProgram(t, 3)).response;
    t.false(silent.getBail());
    t.is(silent.getError(), "Program exited with non-zero exit code: 3");
});

test("a missing SDK and a wrong option are errors that say what to do", async (t) => {
    const client = await host(t);
    const request = new proto.RunRequest();
    request.setInfo(info(folder(t)));
    t.regex(
        (await call<proto.RunResponse>((done) => client.run(request, done))).getError(),
        /is not installed for .*Run `npm ci`/,
    );
    request.setInfo(info(folder(t), { typescript: "no" }));
    t.is(
        (await call<proto.RunResponse>((done) => client.run(request, done))).getError(),
        `the runtime option "typescript" must be a boolean`,
    );
});

test("the plugins of the installed packages are found", async (t) => {
    const directory = folder(t);
    write(
        {
            "node_modules/@pulumi/docker/package.json": {
                name: "@pulumi/docker",
                version: "5.2.0",
                pulumi: { resource: true },
            },
            "node_modules/@pulumi/pulumi/package.json": { name: "@pulumi/pulumi", version: "3.256.0" },
            "node_modules/other/package.json": {
                name: "other",
                version: "1.0.0",
                pulumi: { resource: true, name: "else", version: "v2.0.0", server: "https://example.org" },
            },
            "node_modules/other/node_modules/@pulumi/random/package.json": {
                name: "@pulumi/random",
                version: "4.0.0",
                pulumi: { resource: true },
            },
            "node_modules/broken/package.json": "{",
        },
        directory,
    );
    const request = new proto.GetRequiredPackagesRequest();
    request.setInfo(info(directory));
    const client = await host(t);
    const found = await call<proto.GetRequiredPackagesResponse>((done) =>
        client.getRequiredPackages(request, done),
    );
    const rows = found
        .getPackagesList()
        .map((entry) => [entry.getName(), entry.getVersion(), entry.getServer()].join(" ").trim());
    t.deepEqual(rows.sort(), ["docker v5.2.0", "else v2.0.0 https://example.org", "random v4.0.0"]);
});

function runPlugin(
    t: ExecutionContext,
    client: InstanceType<typeof stubs.LanguageRuntimeClient>,
    script: string,
) {
    const directory = folder(t);
    write({ "node_modules/@pulumi/pulumi/cmd/run-plugin/index.js": script }, directory);
    const request = new proto.RunPluginRequest();
    request.setPwd(directory);
    request.setKind("resource");
    request.setArgsList(["127.0.0.1:1234"]);
    request.setEnvList([`PATH=${process.env.PATH}`, "WITH=a=b"]);
    request.setInfo(info(directory));
    const stream = client.runPlugin(request);
    const seen = { stdout: "", stderr: "", code: -1 };
    const listeners = new Set<() => void>();
    stream.on("data", (message: proto.RunPluginResponse) => {
        seen.stdout += Buffer.from(message.getStdout_asU8()).toString();
        seen.stderr += Buffer.from(message.getStderr_asU8()).toString();
        if (message.hasExitcode()) seen.code = message.getExitcode();
        for (const listener of listeners) listener();
    });
    const ended = new Promise<void>((resolve) => stream.once("end", resolve).once("error", () => resolve()));
    const until = (text: string) =>
        new Promise<void>((resolve) =>
            listeners.add(() => (seen.stdout.includes(text) ? resolve() : undefined)),
        );
    return { directory, stream, seen, ended, until };
}

test("a provider gets its environment and the engine's address, and its output and status are passed on", async (t) => {
    const script = `console.log(JSON.stringify([process.argv.slice(2), process.env.WITH])); console.error("oh"); process.exitCode = 5;`;
    const { directory, seen, ended } = runPlugin(t, await host(t), script);
    await ended;
    t.deepEqual(JSON.parse(seen.stdout), [[directory, "127.0.0.1:1234"], "a=b"]);
    t.is(seen.stderr, "oh\n");
    t.is(seen.code, 5);
});

test("a provider is asked to end when the engine closes the connection, and can clean up", async (t) => {
    const script = `
        const fs = require("fs");
        process.on("SIGINT", () => { fs.writeFileSync(process.argv[2] + "/cleaned", "yes"); process.exit(0); });
        setInterval(() => {}, 1000);
        console.log("ready");`;
    const { directory, stream, ended, until } = runPlugin(t, await host(t), script);
    await until("ready");
    stream.cancel();
    await ended;
    for (let tries = 0; tries < 100; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        try {
            t.is(readFileSync(join(directory, "cleaned"), "utf8"), "yes");
            return;
        } catch {
            // not yet
        }
    }
    t.fail("the provider was not asked to end");
});
