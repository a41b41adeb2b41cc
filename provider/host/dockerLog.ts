import type { Readable } from "node:stream";

/**
 * Cuts the engine's log stream into lines. The stream consists of frames: one byte for stdout or stderr, three
 * empty bytes, four bytes for the length, then the text. A line may span frames, and the frames of both streams may be mixed.
 */
export async function* logLines(stream: Readable): AsyncGenerator<string> {
    let waiting: Buffer = Buffer.alloc(0);
    const rests = new Map<number, Buffer>();
    for await (const chunk of stream) {
        waiting = Buffer.concat([waiting, chunk as Buffer]);
        while (waiting.length >= 8) {
            const end = 8 + waiting.readUInt32BE(4);
            if (waiting.length < end) {
                break;
            }
            const source = waiting.readUInt8(0);
            let text = Buffer.concat([rests.get(source) ?? Buffer.alloc(0), waiting.subarray(8, end)]);
            for (let line = text.indexOf(10); line >= 0; line = text.indexOf(10)) {
                yield text.subarray(0, line).toString();
                text = text.subarray(line + 1);
            }
            rests.set(source, text);
            waiting = waiting.subarray(end);
        }
    }
    for (const rest of rests.values()) {
        if (rest.length > 0) {
            yield rest.toString();
        }
    }
}
