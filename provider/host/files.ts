import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes a file so that readers see either the old content or the new. Creates missing folders. */
export async function writeAtomically(path: string, content: string, mode = 0o644): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    const aside = `${path}.${process.pid}.tmp`;
    await writeFile(aside, content, { mode });
    await rename(aside, path);
}

/** The JSON of a file; `undefined` if the file does not exist. */
export async function readJson<T>(path: string): Promise<T | undefined> {
    try {
        return JSON.parse(await readFile(path, "utf8")) as T;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            return undefined;
        }
        throw error;
    }
}
