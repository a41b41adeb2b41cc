// Asks the providers what a change of inputs would do to a resource, without a deployment: the engine previews a program with
// only the changed resources, on a state with their old inputs.
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Change } from "./changes.ts";
import { isUnknown, type Properties, type Value } from "./preview.ts";
import { Scratch } from "./scratch.ts";

/** The parts of a resource that a state and a program need. */
export interface Asked {
    type: string;
    name: string;
    /** Version of its provider's plugin; absent for the project's own provider. */
    version?: string;
    inputs: Properties;
}

const PROJECT = "answers";
const PROGRAM = resolve(import.meta.dirname, "askProgram.ts");

/**
 * Returns the output of `pulumi preview --json` for the changes, each step under its resource's URN; `undefined` if a provider
 * cannot be asked, for example because it needs a login.
 *
 * @param changes the changes; only the updates among them need the providers
 * @param project folder of the project, set up
 */
export function askProviders(changes: Change[], project: string): string | undefined {
    const updates = changes.filter(({ operation }) => operation === "update");
    const asked = (side: "before" | "after"): Asked[] =>
        updates.map(({ type, step }, i) => ({
            type,
            name: `${i}`,
            version: versionOf(type, project),
            inputs: known(step[side] ?? {}) as Properties,
        }));
    const scratch = new Scratch(PROJECT, PROJECT);
    try {
        const providers = [{ name: "london-power", path: resolve(project, "provider") }];
        const runtime = { name: "nodejs", options: { typescript: false } };
        scratch.write("Pulumi.yaml", { name: PROJECT, runtime, plugins: { providers } });
        scratch.write("package.json", { type: "module", main: "index.js" });
        scratch.write("index.js", `import ${JSON.stringify(PROGRAM)};`);
        scratch.write("asked.json", asked("after"));
        symlinkSync(resolve(project, "node_modules"), join(scratch.folder, "node_modules"));
        const state = JSON.parse(scratch.pulumi(scratch.folder, "stack", "export").stdout);
        state.deployment.resources = stateOf(asked("before"));
        scratch.pulumi(scratch.folder, "stack", "import", "--file", scratch.write("state.json", state));
        const { status, stdout } = scratch.pulumi(scratch.folder, "preview", "--json");
        return status === 0 ? withUrns(stdout, updates) : undefined;
    } finally {
        scratch.dispose();
    }
}

/** Returns the version of a plugin, which is that of the npm package. */
function versionOf(type: string, project: string): string | undefined {
    const manifest = join(project, "node_modules/@pulumi", type.split(":")[0] as string, "package.json");
    return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).version : undefined;
}

/** Replaces unknown values by a constant, so that they are the same before and after. */
function known(value: Value): Value {
    if (isUnknown(value)) {
        return "not-known-yet";
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    if (Array.isArray(value)) {
        return value.map(known);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, known(item)]));
}

function stateOf(asked: Asked[]): object[] {
    const urn = (type: string, name: string) => `urn:pulumi:${PROJECT}::${PROJECT}::${type}::${name}`;
    const stack = urn("pulumi:pulumi:Stack", `${PROJECT}-${PROJECT}`);
    const providers = new Map<string, object>();
    const resources = asked.map(({ type, name, version, inputs }) => {
        const provider = `pulumi:providers:${type.split(":")[0]}`;
        const providerUrn = urn(provider, version ? `default_${version.replaceAll(".", "_")}` : "default");
        const settings = version ? { version } : {};
        providers.set(providerUrn, {
            urn: providerUrn,
            custom: true,
            id: PROJECT,
            type: provider,
            inputs: settings,
            outputs: settings,
        });
        return {
            urn: urn(type, name),
            custom: true,
            id: PROJECT,
            type,
            inputs,
            outputs: inputs,
            parent: stack,
            provider: `${providerUrn}::${PROJECT}`,
        };
    });
    return [{ urn: stack, custom: false, type: "pulumi:pulumi:Stack" }, ...providers.values(), ...resources];
}

function withUrns(json: string, updates: Change[]): string {
    const preview = JSON.parse(json);
    for (const step of preview.steps) {
        step.urn = updates[Number(step.urn.split("::").at(-1))]?.urn ?? step.urn;
    }
    return JSON.stringify(preview);
}
