// What the program has installed: which packages, and which of them need a Pulumi plugin.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface Manifest {
    name: string;
    version: string;
    pulumi?: {
        resource?: boolean;
        name?: string;
        version?: string;
        server?: string;
        parameterization?: { name: string; version: string; value: string };
    };
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
}

/** Every package in the nearest node_modules at or above the folder, nested ones included. */
export function installed(directory: string): Manifest[] {
    const root = nearestModules(directory);
    return root ? [...inModules(root)] : [];
}

export function required(directory: string): Manifest[] {
    return installed(directory).filter((manifest) => manifest.pulumi?.resource === true);
}

export function direct(directory: string): Manifest[] {
    const own = read(directory);
    const names = { ...own?.dependencies, ...own?.devDependencies };
    const root = nearestModules(directory);
    if (!root) return [];
    return Object.keys(names).flatMap((name) => read(join(root, name)) ?? []);
}

/** A plugin is named after its package only in Pulumi's own scope; others have to say it. */
export function pluginName(manifest: Manifest): string {
    if (manifest.pulumi?.name) return manifest.pulumi.name;
    if (manifest.name.startsWith("@pulumi/")) return manifest.name.slice("@pulumi/".length);
    throw new Error(`the package ${manifest.name} has a "pulumi" section without a "name"`);
}

export function pluginVersion(manifest: Manifest): string {
    const version = manifest.pulumi?.version ?? manifest.version;
    return version.startsWith("v") ? version : `v${version}`;
}

function nearestModules(directory: string): string | undefined {
    for (let at = directory; ; at = dirname(at)) {
        const modules = join(at, "node_modules");
        if (existsSync(modules)) return modules;
        if (at === dirname(at)) return undefined;
    }
}

function* inModules(modules: string): Generator<Manifest> {
    for (const name of readdirSync(modules)) {
        if (name.startsWith(".")) continue;
        const names = name.startsWith("@")
            ? readdirSync(join(modules, name)).map((child) => join(name, child))
            : [name];
        for (const directory of names.map((child) => join(modules, child))) {
            const manifest = read(directory);
            if (manifest) yield manifest;
            const nested = join(directory, "node_modules");
            if (existsSync(nested)) yield* inModules(nested);
        }
    }
}

function read(directory: string): Manifest | undefined {
    try {
        return JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as Manifest;
    } catch {
        return undefined; // not a package, or one that does not concern us
    }
}
