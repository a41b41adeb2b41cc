import test from "ava";
import { endingOf, requestIdOf } from "../../../provider/launchers/googleRequest.ts";

test("a driver has ended only in a final state, and succeeded in only one of them", (t) => {
    for (const state of ["PENDING", "SETUP_DONE", "RUNNING", "CANCEL_STARTED", "CANCELLING", undefined]) {
        t.is(endingOf(state), undefined);
    }
    t.deepEqual(endingOf("DONE"), { code: 0, text: "Dataproc says DONE" });
    t.deepEqual(endingOf("SUCCEEDED", "", "SUCCEEDED"), { code: 0, text: "Dataproc says SUCCEEDED" });
    t.deepEqual(endingOf("ERROR", "no memory"), { code: -1, text: "Dataproc says ERROR: no memory" });
    t.is(endingOf("CANCELLED")?.code, -1);
});

test("a repeated request has the same id, and another attempt has another one", (t) => {
    t.is(requestIdOf("train-1-abc"), requestIdOf("train-1-abc"));
    t.not(requestIdOf("train-1-abc"), requestIdOf("train-1-abd"));
    t.regex(requestIdOf("train-1-abc"), /^[\w-]{1,40}$/);
});
