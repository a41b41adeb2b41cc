import { EventEmitter } from "node:events";
import type { Bucket, File } from "@google-cloud/storage";

/**
 * Returns a bucket of Google Cloud Storage, with the Application Default Credentials of this machine.
 *
 * @param endpoint base URL of a server in place of Google's, which needs no credentials; "" for Google's own
 */
export async function bucketOf(name: string, endpoint: string): Promise<Bucket> {
    // Loaded only where there is a bucket, because the library is large.
    const { Storage } = await import("@google-cloud/storage");
    // The client adds eleven listeners to the stream of a download. Node would show a warning for more than ten.
    EventEmitter.defaultMaxListeners = 20;
    // With another endpoint, the client needs neither credentials nor their project.
    const storage = new Storage(endpoint ? { apiEndpoint: endpoint, projectId: "unused" } : {});
    return storage.bucket(name);
}

/** Returns the content of an object; `undefined` if the object or the bucket does not exist. */
export async function readObject(file: File): Promise<Buffer | undefined> {
    try {
        const [content] = await file.download();
        return content;
    } catch (error) {
        if (isMissingObject(error)) {
            return undefined;
        }
        throw error;
    }
}

/** Returns the objects below a prefix, in the order of their names; none if the bucket does not exist. */
export async function listObjects(bucket: Bucket, prefix: string): Promise<File[]> {
    try {
        const [files] = await bucket.getFiles({ prefix });
        return files;
    } catch (error) {
        if (isMissingObject(error)) {
            return [];
        }
        throw error;
    }
}

/** True for the error that an object or bucket does not exist. */
export function isMissingObject(error: unknown): boolean {
    return codeOf(error) === 404;
}

/** True for the error that an object is not the expected one, because somebody else has changed it. */
export function isChangedObject(error: unknown): boolean {
    return codeOf(error) === 412;
}

/** Returns the code of an error. Some of the client's errors are not instances of Error. */
function codeOf(error: unknown): unknown {
    return (error as { code?: unknown } | undefined)?.code;
}
