/** Joins chunks of bytes into lines; a chunk may end within a line or a character. */
export class LineCutter {
    private rest: Buffer<ArrayBufferLike> = Buffer.alloc(0);
    private readonly onLine: (line: string) => void;

    constructor(onLine: (line: string) => void) {
        this.onLine = onLine;
    }

    push(bytes: Buffer): void {
        this.rest = Buffer.concat([this.rest, bytes]);
        for (let end = this.rest.indexOf(10); end >= 0; end = this.rest.indexOf(10)) {
            this.onLine(this.rest.subarray(0, end).toString());
            this.rest = this.rest.subarray(end + 1);
        }
    }

    /** Passes on the last line, which has no line end. */
    end(): void {
        if (this.rest.length > 0) {
            this.onLine(this.rest.toString());
            this.rest = Buffer.alloc(0);
        }
    }
}
