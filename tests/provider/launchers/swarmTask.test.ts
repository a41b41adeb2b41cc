import test from "ava";
import { endingOf, waitingFor } from "../../../provider/launchers/swarmTask.ts";

const task = (State: string, ExitCode?: number, Err?: string) => ({
    Status: { State, Err, ...(ExitCode !== undefined && { ContainerStatus: { ExitCode } }) },
});

test("a task has ended when it can do nothing else any more", (t) => {
    t.is(endingOf(task("running", 0)), undefined);
    t.deepEqual(endingOf(task("complete", 0)), { code: 0, text: "exit code 0" });
    t.deepEqual(endingOf(task("failed", 1)), { code: 1, text: "exit code 1" });
});

test("a signal is named as one, such as that of the kernel when memory runs out", (t) => {
    t.regex(endingOf(task("failed", 137))?.text ?? "", /killed by signal 9/);
});

test("a task that never ran tells why", (t) => {
    t.deepEqual(endingOf(task("rejected", undefined, "No such image")), {
        code: -1,
        text: "rejected: No such image",
    });
    t.is(waitingFor(task("pending", undefined, "no suitable node")), "no suitable node");
    t.is(waitingFor(task("running")), undefined);
});
