import type { Bucket, File } from "@google-cloud/storage";
import { bucketOf, listObjects, readObject } from "../host/bucket.ts";
import type { GoogleLauncherConfig } from "../sdk/launcherConfig.ts";
import type { Run } from "./launcher.ts";
import type { RunRecords } from "./records.ts";

/** Records as objects of the stack's bucket, `runs/<stack>/<job>/run.json`, so that another machine finds the runs. */
export class BucketRecords<R extends Run> implements RunRecords<R> {
    private readonly config: GoogleLauncherConfig;

    constructor(config: GoogleLauncherConfig) {
        this.config = config;
    }

    async read(job: string): Promise<R | undefined> {
        const content = await readObject(await this.file(job));
        return content && (JSON.parse(content.toString()) as R);
    }

    async write(run: R): Promise<void> {
        const content = JSON.stringify(run, null, 2);
        const file = await this.file(run.job);
        await file.save(content, { resumable: false, contentType: "application/json" });
    }

    async remove(job: string): Promise<void> {
        for (const file of await listObjects(await this.bucket(), this.folder(job))) {
            await file.delete({ ignoreNotFound: true });
        }
    }

    private async file(job: string): Promise<File> {
        return (await this.bucket()).file(`${this.folder(job)}run.json`);
    }

    private folder(job: string): string {
        return `runs/${this.config.stack}/${job}/`;
    }

    private bucket(): Promise<Bucket> {
        return bucketOf(this.config.bucket, this.config.endpoint);
    }
}
