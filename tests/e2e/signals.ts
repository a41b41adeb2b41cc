// How tests and the small jobs of lightJobs.ts talk: by folders, which each target's file system has.
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface Signals {
    /** Where the jobs see the folders. */
    readonly uri: string;
    make(path: string): Promise<void>;
    remove(path: string): Promise<void>;
    /** Names of the folders in a folder, in order; none where it is not there. */
    list(path: string): Promise<string[]>;
}

/** In a folder of this machine. */
export class LocalSignals implements Signals {
    readonly uri: string;
    private readonly folder: string;

    constructor(folder: string) {
        this.folder = folder;
        this.uri = pathToFileURL(folder).href.replaceAll("%20", " ");
    }

    async make(path: string): Promise<void> {
        mkdirSync(join(this.folder, path), { recursive: true });
    }

    async remove(path: string): Promise<void> {
        rmSync(join(this.folder, path), { recursive: true, force: true });
    }

    async list(path: string): Promise<string[]> {
        const folder = join(this.folder, path);
        return existsSync(folder) ? readdirSync(folder).sort() : [];
    }
}

/** In HDFS, beside the lake's tables. */
export class HdfsSignals implements Signals {
    readonly uri = "hdfs://namenode:9000/lake/signals";
    private readonly port: number;

    /** @param port where HDFS's page listens on the loopback address */
    constructor(port: number) {
        this.port = port;
    }

    async make(path: string): Promise<void> {
        await this.ask("PUT", path, "MKDIRS");
    }

    async remove(path: string): Promise<void> {
        await this.ask("DELETE", path, "DELETE&recursive=true");
    }

    async list(path: string): Promise<string[]> {
        const answer = await this.ask("GET", path, "LISTSTATUS", 404);
        const found = (await answer.json()) as { FileStatuses?: { FileStatus: { pathSuffix: string }[] } };
        return (found.FileStatuses?.FileStatus ?? []).map(({ pathSuffix }) => pathSuffix).sort();
    }

    private async ask(method: string, path: string, operation: string, alsoFine = 0): Promise<Response> {
        const url = `http://127.0.0.1:${this.port}/webhdfs/v1/lake/signals/${encodeURI(path)}?op=${operation}&user.name=spark`;
        const answer = await fetch(url, { method });
        if (!answer.ok && answer.status !== alsoFine) {
            throw new Error(`${operation} of ${path}: ${answer.status} ${await answer.text()}`);
        }
        return answer;
    }
}
