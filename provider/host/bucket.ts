import { EventEmitter } from "node:events";
import type { Bucket, File } from "@google-cloud/storage";

/**
 * A bucket of Google Cloud Storage, with the Application Default Credentials of this machine.
 *
 * @param endpoint base URL of a server that takes Google's place and asks for no credentials; "" for Google's own
 */
export async function bucketOf(name: string, endpoint: string): Promise<Bucket> {
    // Loaded only by those who have a bucket, as it is large.
    const { Storage } = await import("@google-cloud/storage");
    // The client puts eleven listeners on the stream of a download; beyond ten Node would warn, on the display.
    EventEmitter.defaultMaxListeners = 20;
    // With an endpoint of its own the client asks neither for credentials nor for the project that they are of.
    const storage = new Storage(endpoint ? { apiEndpoint: endpoint, projectId: "unused" } : {});
    return storage.bucket(name);
}

/** The content of an object; `undefined` where there is none, or no such bucket. */
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

/** The objects below a prefix, in the order of their names; none where there is no such bucket. */
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

/** True for the error that says that there is no such object or bucket. */
export function isMissingObject(error: unknown): boolean {
    return codeOf(error) === 404;
}

/** True for the error that says that an object is not the one that was expected: somebody else has changed it. */
export function isChangedObject(error: unknown): boolean {
    return codeOf(error) === 412;
}

/** Some of what the client throws is no error, only an object that looks like one. */
function codeOf(error: unknown): unknown {
    return (error as { code?: unknown } | undefined)?.code;
}
