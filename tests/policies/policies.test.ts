import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { folder } from "../folder.ts";
import { root, run } from "../tools/shell.ts";
import { EXAMPLES } from "./program/examples.ts";

interface Found {
    resource: string;
    policy: string;
    message: string;
    level: string;
}

const program = join(root, "tests/policies/program");
/** One stand-in serves them all: a preview makes nothing, so that what is asked for is all that there is. */
const providers = ["docker", "gcp", "london-power", "random"];

/** A project whose program is the examples. */
function project(t: ExecutionContext): string {
    const directory = folder(t);
    mkdirSync(join(directory, "state"));
    mkdirSync(join(directory, "provider"));
    for (const name of providers) {
        const script = `#!/bin/sh\nexec node '${join(program, "provider.ts")}' "$@"\n`;
        writeFileSync(join(directory, "provider", `pulumi-resource-${name}`), script, { mode: 0o755 });
    }
    const plugins = { providers: providers.map((name) => ({ name, path: "./provider" })) };
    const runtime = { name: "nodejs", options: { typescript: false } };
    writeFileSync(
        join(directory, "Pulumi.yaml"),
        JSON.stringify({ name: "policy-examples", runtime, plugins }),
    );
    writeFileSync(join(directory, "package.json"), `{"type": "module", "main": "index.js"}`);
    writeFileSync(join(directory, "index.js"), `import ${JSON.stringify(join(program, "index.ts"))};`);
    symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
    return directory;
}

/** Previews all examples with the policy pack, by the engine; what the pack found, and how the preview ended. */
async function preview(
    t: ExecutionContext,
    config?: object,
): Promise<{ code: number | null; found: Found[] }> {
    const directory = project(t);
    const options = [];
    if (config) {
        writeFileSync(join(directory, "config.json"), JSON.stringify(config));
        options.push("--policy-pack-config", join(directory, "config.json"));
    }
    const environment = {
        ...process.env,
        PULUMI_HOME: join(directory, "home"),
        PULUMI_BACKEND_URL: `file://${join(directory, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "only for this test",
        PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
        PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true",
    };
    const pulumi = (...words: string[]) =>
        run(["pulumi", ...words, "--non-interactive", "--cwd", directory, "--stack", "test"], environment);
    await pulumi("stack", "init");
    const { code, stdout, stderr } = await pulumi(
        "preview",
        "--json",
        "--policy-pack",
        join(root, "policies"),
        ...options,
    );
    const events = stdout
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    const diagnostics = events.flatMap(({ diagnosticEvent }) => diagnosticEvent ?? []);
    t.log(
        diagnostics
            .filter(({ severity }) => severity === "error")
            .map(({ message }) => message)
            .join(""),
        stderr,
    );
    const found = events
        .flatMap(({ policyEvent }) => policyEvent ?? [])
        .map((event) => ({
            resource: event.resourceUrn?.split("::").at(-1) ?? "",
            policy: event.policyName,
            message: event.message,
            level: event.enforcementLevel,
        }));
    return { code, found };
}

test("the policies report every violation of a bad program with its correction, and accept good resources", async (t) => {
    const { code, found } = await preview(t);
    t.not(code, 0);
    for (const { name, finds } of EXAMPLES) {
        const about = found.filter(({ resource }) => resource === name);
        t.deepEqual(about.map(({ policy }) => policy).sort(), finds.map(([policy]) => policy).sort(), name);
        for (const [policy, words] of finds) {
            t.true(
                about.some((violation) => violation.policy === policy && words.test(violation.message)),
                `${name}: ${policy} should say ${words}, and says ${about.map(({ message }) => message)}`,
            );
        }
    }
    t.deepEqual([...new Set(found.map(({ level }) => level))], ["mandatory"]);
});

test("a stack can set its own levels: advisory only warns, disabled is silent, optional rules can be enabled", async (t) => {
    const { code, found } = await preview(t, {
        all: "advisory",
        labels: { enforcementLevel: "advisory", keys: ["stack", "owner"] },
        "pinned-images": "disabled",
        "customer-keys": "advisory",
    });
    t.is(code, 0);
    t.deepEqual([...new Set(found.map(({ level }) => level))], ["advisory"]);
    const policies = (name: string) =>
        found.filter(({ resource }) => resource === name).map(({ policy }) => policy);
    t.deepEqual(policies("latest"), []);
    t.deepEqual(policies("good-bucket").sort(), ["customer-keys", "labels"]);
});
