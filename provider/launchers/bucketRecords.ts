import type { Bucket } from "@google-cloud/storage";
import { bucketOf, listObjects, readObject } from "../host/bucket.ts";
import type { GoogleLauncherConfig, Run } from "./launcher.ts";
import type { RunRecords } from "./records.ts";

/** Records as objects of the stack's bucket, `runs/<stack>/<job>/run.json`, so that another machine finds the runs. */
export class BucketRecords<R extends Run> implements RunRecords<R> {
    private readonly bucket: Bucket;
    private readonly folder: string;

    constructor({ bucket, stack, endpoint }: Pick<GoogleLauncherConfig, "bucket" | "stack" | "endpoint">) {
        this.bucket = bucketOf(bucket, endpoint);
        this.folder = `runs/${stack}`;
    }

    async read(job: string): Promise<R | undefined> {
        const content = await readObject(this.file(job));
        return content && (JSON.parse(content.toString()) as R);
    }

    async write(run: R): Promise<void> {
        const content = JSON.stringify(run, null, 2);
        await this.file(run.job).save(content, { resumable: false, contentType: "application/json" });
    }

    async remove(job: string): Promise<void> {
        for (const file of await listObjects(this.bucket, `${this.folder}/${job}/`)) {
            await file.delete({ ignoreNotFound: true });
        }
    }

    private file(job: string) {
        return this.bucket.file(`${this.folder}/${job}/run.json`);
    }
}
