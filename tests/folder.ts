import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExecutionContext } from "ava";

/** A folder that goes away with the test. The blank in its name is there to be tripped over. */
export function folder(t: ExecutionContext): string {
    const path = realpathSync(mkdtempSync(join(tmpdir(), "london power-")));
    t.teardown(() => rmSync(path, { recursive: true, force: true }));
    return path;
}
