import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { readJson, writeAtomically } from "../host/files.ts";
import type { Run } from "./launcher.ts";

/** What a launcher keeps of its runs: the newest of each job. */
export interface RunRecords<R extends Run> {
    read(job: string): Promise<R | undefined>;
    write(run: R): Promise<void>;
    /** No error where there is none. */
    remove(job: string): Promise<void>;
}

/** Records as files of this machine, `<runsDir>/<job>.json`. */
export class FolderRecords<R extends Run> implements RunRecords<R> {
    private readonly runsDir: string;

    constructor(runsDir: string) {
        this.runsDir = runsDir;
    }

    read(job: string): Promise<R | undefined> {
        return readJson<R>(this.path(job));
    }

    write(run: R): Promise<void> {
        return writeAtomically(this.path(run.job), JSON.stringify(run, null, 2));
    }

    /** Removes the log of the newest run too: the one that is kept here, whatever path the record names. */
    async remove(job: string): Promise<void> {
        const run = await this.read(job);
        if (run) {
            await rm(this.logFile(basename(run.runId)), { force: true });
        }
        await rm(this.path(job), { force: true });
    }

    /** Makes an empty log for a run, in a folder for its owner alone: logs may show the user's data. Its path. */
    async newLog(runId: string): Promise<string> {
        await mkdir(this.runsDir, { recursive: true });
        await chmod(this.runsDir, 0o700);
        const log = this.logFile(runId);
        await writeFile(log, "");
        return log;
    }

    /** Where the log of a run is kept. */
    logFile(runId: string): string {
        return join(this.runsDir, `${runId}.log`);
    }

    private path(job: string): string {
        return join(this.runsDir, `${job}.json`);
    }
}
