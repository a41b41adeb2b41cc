import { bucketOf, listObjects } from "../host/bucket.ts";
import { LineCutter } from "../host/lines.ts";

/**
 * What a driver has said, as Dataproc keeps it: objects `<uri>.000000000`, `<uri>.000000001`, … of which the last one
 * grows.
 */
export class DriverOutput {
    private readonly endpoint: string;
    private readonly lines: LineCutter;
    /** The object that is being read, and how many of its bytes have been. */
    private at = { name: "", bytes: 0 };

    constructor(endpoint: string, onLine: (line: string) => void) {
        this.endpoint = endpoint;
        this.lines = new LineCutter(onLine);
    }

    /** Passes on what has come since the last time; says whether there was anything. */
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

    /** Passes on what has no line end. */
    end(): void {
        this.lines.end();
    }
}
