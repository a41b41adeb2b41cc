// How tests and the small jobs of lightJobs.ts talk: by folders, which each target's file system has.
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { containersOf } from "./swarm/docker.ts";

export interface Signals {
    /** URI of the folders for the jobs. */
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

/** In HDFS, beside the lake's tables: from within its namenode, since the gateway lets nobody write. */
export class HdfsSignals implements Signals {
    readonly uri = "hdfs://namenode:9000/lake/signals";
    private readonly namenode: string;

    /** @param parts what the names of the stack's services begin with */
    constructor(parts: string) {
        this.namenode = `${parts}-namenode`;
    }

    async make(path: string): Promise<void> {
        await this.ask("PUT", path, "MKDIRS");
    }

    async remove(path: string): Promise<void> {
        await this.ask("DELETE", path, "DELETE&recursive=true");
    }

    async list(path: string): Promise<string[]> {
        const answer = await this.ask("GET", path, "LISTSTATUS");
        const found = JSON.parse(answer) as { FileStatuses?: { FileStatus: { pathSuffix: string }[] } };
        return (found.FileStatuses?.FileStatus ?? []).map(({ pathSuffix }) => pathSuffix).sort();
    }

    /** What WebHDFS answers; "{}" where the path is not there. */
    async ask(method: string, path: string, operation: string, agent = "tests"): Promise<string> {
        // Resolves "..", which WebHDFS refuses.
        const { href } = new URL(`http://namenode:9870/webhdfs/v1/lake/signals/${path}`);
        const url = `${href}?op=${operation}&user.name=spark`;
        const [container = ""] = containersOf(this.namenode);
        const words = ["exec", container, "python", "-c", REQUEST, method, url, agent];
        return (await promisify(execFile)("docker", words)).stdout;
    }
}

/** The image has no curl. */
const REQUEST = `
import sys, urllib.error, urllib.request
try:
    headers = {"User-Agent": sys.argv[3]}
    print(urllib.request.urlopen(urllib.request.Request(sys.argv[2], method=sys.argv[1], headers=headers)).read().decode())
except urllib.error.HTTPError as error:
    if error.code != 404:
        sys.exit(f"{error.code} {error.read().decode()}")
    print("{}")
`;
