// Keeps stories of one deployment apart: each can be run by itself, and one that fails does not fail the next.
import type { TestFn } from "ava";
import type { Project } from "./project.ts";

/**
 * Brings the project back, as it was at `Project.keep`, after a story that failed.
 *
 * @param project called when a story has failed
 */
export function restoreAfterFailure(test: TestFn, project: () => Project): void {
    test.afterEach.always("brings the platform back", async (t) => {
        if (!t.passed) {
            await project().restore();
        }
    });
}
