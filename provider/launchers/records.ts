import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { readJson, writeAtomically } from "../host/files.ts";
import type { Run } from "./launcher.ts";

/** The records of a launcher: the newest run of each job. */
export interface RunRecords<R extends Run> {
    read(job: string): Promise<R | undefined>;
    write(run: R): Promise<void>;
    /** Removes a record; succeeds if there is none. */
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

    /** Removes the record and the log of the newest run. It ignores the path that the record names. */
    async remove(job: string): Promise<void> {
        const run = await this.read(job);
        if (run) {
            await rm(this.logFile(basename(run.runId)), { force: true });
        }
        await rm(this.path(job), { force: true });
    }

    /** Creates an empty log for a run and returns its path. Only the owner can read the folder, because logs may show data. */
    async newLog(runId: string): Promise<string> {
        await mkdir(this.runsDir, { recursive: true });
        await chmod(this.runsDir, 0o700);
        const log = this.logFile(runId);
        await writeFile(log, "");
        return log;
    }

    /** Returns the path of the log of a run. */
    logFile(runId: string): string {
        return join(this.runsDir, `${runId}.log`);
    }

    private path(job: string): string {
        return join(this.runsDir, `${job}.json`);
    }
}
