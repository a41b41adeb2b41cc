import { Readable } from "node:stream";
import test from "ava";
import { logLines } from "../../../provider/host/dockerLog.ts";
import { frame } from "../dockerEngine.ts";

async function linesOf(chunks: Buffer[]): Promise<string[]> {
    const lines: string[] = [];
    for await (const line of logLines(Readable.from(chunks))) {
        lines.push(line);
    }
    return lines;
}

test("a line may span frames, and the frames of both streams may be mixed", async (t) => {
    const frames = [frame(1, "out "), frame(2, "err\n"), frame(1, "of two\nnext\n")];
    t.deepEqual(await linesOf(frames), ["err", "out of two", "next"]);
});

test("frames may be cut anywhere, even within a character", async (t) => {
    const whole = Buffer.concat([frame(1, "Größe £5\n"), frame(1, "end")]);
    for (let at = 1; at < whole.length; at++) {
        t.deepEqual(await linesOf([whole.subarray(0, at), whole.subarray(at)]), ["Größe £5", "end"]);
    }
});
