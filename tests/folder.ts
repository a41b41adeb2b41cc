import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExecutionContext } from "ava";

/** Creates a folder that is deleted after the test. Its name contains a blank, to find code that cannot handle one. */
export function folder(t: ExecutionContext): string {
    const path = realpathSync(mkdtempSync(join(tmpdir(), "london power-")));
    t.teardown(() => rmSync(path, { recursive: true, force: true }));
    return path;
}
