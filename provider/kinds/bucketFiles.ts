import type { Bucket } from "@google-cloud/storage";
import { packageArchives } from "../host/archive.ts";
import { bucketOf, isChangedObject, listObjects } from "../host/bucket.ts";
import { type Content, md5Of, sizeOf, upload } from "../host/upload.ts";
import type { Change, Context, ResourceKind } from "../rpc/kind.ts";
import { hasUnknown } from "../rpc/values.ts";

export interface BucketFilesInputs {
    bucket: string;
    folder: string;
    files: Record<string, string>;
    digest: string;
    endpoint: string;
}

export interface BucketFilesOutputs {
    uri: string;
    /** Name in the folder → MD5 of the object's content, in Google's notation (base64); "" if the object was changed or
     * removed. */
    objects: Record<string, string>;
}

/** Number of files that are uploaded at the same time. */
const AT_ONCE = 8;
/** Time between two lines of progress, in milliseconds. Outside of a terminal, every line stays in the output. */
const PROGRESS_EVERY = 3000;

/** Files of this machine in a folder of a bucket. It uploads changed files and removes the objects of deleted files. */
export const bucketFiles: ResourceKind<BucketFilesInputs, BucketFilesOutputs> = {
    outputs: ["uri", "objects"],

    check({ folder, files }) {
        if (hasUnknown(folder) || /^[^/\s][^\s]*[^/\s]$/.test(folder)) {
            return Object.keys(files).length > 0 ? [] : [{ property: "files", reason: "names no file" }];
        }
        const reason = `"${folder}" has to be a path in the bucket, with no / at either end`;
        return [{ property: "folder", reason }];
    },

    async diff({ oldInputs, oldOutputs, inputs }) {
        const replaces = (["bucket", "endpoint"] as const).filter((key) => oldInputs[key] !== inputs[key]);
        if (replaces.length > 0) {
            return { properties: replaces, replaces };
        }
        const properties = (["digest", "folder"] as const).filter((key) => oldInputs[key] !== inputs[key]);
        if (properties.length > 0) {
            return { properties };
        }
        const { objects } = oldOutputs;
        const gone = Object.keys(objects).filter((name) => objects[name] === "");
        return gone.length > 0
            ? {
                  properties: ["objects"],
                  reason: `these objects were removed or changed and are uploaded again: ${few(gone)}`,
              }
            : undefined;
    },

    async planned(inputs) {
        return hasUnknown([inputs.bucket, inputs.folder]) ? {} : { uri: uriOf(inputs) };
    },

    async create(inputs, context) {
        return { id: `${inputs.bucket}/${inputs.folder}`, outputs: await fill(inputs, context) };
    },

    async read(_id, outputs, inputs) {
        const found = await hashes(await bucketOf(inputs.bucket, inputs.endpoint), inputs.folder);
        const now = Object.entries(outputs.objects).map(([name, md5]) => [
            name,
            found[name] === md5 ? md5 : "",
        ]);
        return now.some(([, md5]) => md5) ? { ...outputs, objects: Object.fromEntries(now) } : undefined;
    },

    async update(change: Change<BucketFilesInputs, BucketFilesOutputs>, context) {
        const outputs = await fill(change.inputs, context);
        if (change.oldInputs.folder !== change.inputs.folder) {
            await clear(change.oldInputs, Object.keys(change.oldOutputs.objects));
        }
        return outputs;
    },

    async delete(_id, { objects }, inputs) {
        await clear(inputs, Object.keys(objects));
    },
};

async function fill(inputs: BucketFilesInputs, context: Context): Promise<BucketFilesOutputs> {
    const { folder, files, endpoint } = inputs;
    const bucket = await bucketOf(inputs.bucket, endpoint);
    const contents: [string, Content][] = Object.entries({ ...files, ...(await packageArchives(files)) });
    const there = new Map((await listObjects(bucket, `${folder}/`)).map((file) => [file.name, file]));
    const objects: Record<string, string> = {};
    const waiting: { name: string; content: Content; size: number }[] = [];
    for (const [name, content] of contents) {
        objects[name] = await md5Of(content);
        if (there.get(`${folder}/${name}`)?.metadata.md5Hash !== objects[name]) {
            waiting.push({ name, content, size: await sizeOf(content) });
        }
    }

    const total = { files: waiting.length, bytes: waiting.reduce((sum, { size }) => sum + size, 0) };
    let sent = 0;
    let shownAt = 0;
    const show = (percent: number) => {
        context.progress(`uploading ${total.files} of ${contents.length} files: ${percent}%`);
        shownAt = Date.now();
    };
    const count = (bytes: number) => {
        sent += bytes;
        if (Date.now() - shownAt >= PROGRESS_EVERY) {
            show(Math.floor((100 * sent) / total.bytes));
        }
    };
    const work = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
            context.signal.throwIfAborted();
            const file = bucket.file(`${folder}/${next.name}`);
            // The upload fails if somebody else has changed the object since it was listed; 0 means that there was none.
            const generation = there.get(file.name)?.metadata.generation ?? 0;
            await upload(next.content, file, generation, count, context.signal).catch(explain(file.name));
        }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (total.files > 0) {
        show(100);
    }

    for (const [name, file] of there) {
        if (!(name.slice(folder.length + 1) in objects)) {
            const { generation } = file.metadata;
            await file.delete({ ignoreNotFound: true, ifGenerationMatch: generation }).catch(explain(name));
        }
    }
    return { uri: uriOf(inputs), objects };
}

/** Objects that others put into the folder stay. They prevent the deletion of the bucket. */
async function clear(inputs: BucketFilesInputs, names: string[]): Promise<void> {
    const { folder } = inputs;
    const bucket = await bucketOf(inputs.bucket, inputs.endpoint);
    for (const name of names) {
        await bucket.file(`${folder}/${name}`).delete({ ignoreNotFound: true });
    }
}

async function hashes(bucket: Bucket, folder: string): Promise<Record<string, string | undefined>> {
    const files = await listObjects(bucket, `${folder}/`);
    return Object.fromEntries(
        files.map(({ name, metadata }) => [name.slice(folder.length + 1), metadata.md5Hash]),
    );
}

function explain(name: string): (error: unknown) => never {
    return (error) => {
        if (isChangedObject(error)) {
            throw new Error(`${name} was changed by somebody else meanwhile: run \`pulumi up\` again`);
        }
        throw new Error(`${name}: ${(error as Error).message}`);
    };
}

function uriOf({ bucket, folder }: BucketFilesInputs): string {
    return `gs://${bucket}/${folder}`;
}

function few(names: string[]): string {
    return names.length > 3
        ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`
        : names.join(", ");
}
