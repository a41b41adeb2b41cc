import test from "ava";
import { endingOf, waitingFor } from "../../../provider/launchers/swarmTask.ts";

const task = (State: string, ExitCode?: number, Err?: string) => ({
    Status: { State, Err, ...(ExitCode !== undefined && { ContainerStatus: { ExitCode } }) },
});

test("a task has ended only in a final state", (t) => {
    t.is(endingOf(task("running", 0)), undefined);
    t.deepEqual(endingOf(task("complete", 0)), { code: 0, text: "exit code 0" });
    t.deepEqual(endingOf(task("failed", 1)), { code: 1, text: "exit code 1" });
});

test("a signal is named, such as the kernel's when memory runs out", (t) => {
    t.regex(endingOf(task("failed", 137))?.text ?? "", /killed by signal 9/);
});

test("a task that never ran has a reason", (t) => {
    t.deepEqual(endingOf(task("rejected", undefined, "No such image")), {
        code: -1,
        text: "rejected: No such image",
    });
    t.is(waitingFor(task("pending", undefined, "no suitable node")), "no suitable node");
    t.is(waitingFor(task("running")), undefined);
});
