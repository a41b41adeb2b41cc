import { bucketOf, listObjects } from "../host/bucket.ts";
import { LineCutter } from "../host/lines.ts";

/**
 * The output of a driver. Dataproc stores it in objects `<uri>.000000000`, `<uri>.000000001`, …; the last one grows.
 */
export class DriverOutput {
    private readonly endpoint: string;
    private readonly lines: LineCutter;
    /** The current object, and the number of its bytes that have been read. */
    private at = { name: "", bytes: 0 };

    constructor(endpoint: string, onLine: (line: string) => void) {
        this.endpoint = endpoint;
        this.lines = new LineCutter(onLine);
    }

    /** Passes on the new lines since the last call. Returns whether there was any new output. */
    async read(uri: string): Promise<boolean> {
        const { host, pathname } = new URL(uri);
        const bucket = await bucketOf(host, this.endpoint);
        let some = false;
        for (const file of await listObjects(bucket, `${pathname.slice(1)}.`)) {
            const size = Number(file.metadata.size);
            if (file.name < this.at.name) {
                continue;
            }
            const start = file.name === this.at.name ? this.at.bytes : 0;
            if (size > start) {
                const [content] = await file.download({ start, end: size - 1, validation: false });
                this.lines.push(content);
                some = true;
            }
            this.at = { name: file.name, bytes: size };
        }
        return some;
    }

    /** Passes on the last line if it has no line end. */
    end(): void {
        this.lines.end();
    }
}
