import test from "ava";
import { timestamp } from "../../provider/kinds/timestamp.ts";
import { contextWith } from "./context.ts";

const CONTEXT = contextWith();

test("a clone with an old number of rotations is refused, with the command that updates it", async (t) => {
    const [inputs, oldInputs] = [{ triggers: { rotation: 2 } }, { triggers: { rotation: 3 } }];
    const change = { id: "a", oldInputs, oldOutputs: { at: "" }, inputs };
    await t.throwsAsync(timestamp.diff(change, CONTEXT), {
        message: /rotated 3 times, and this clone's stack file says 2\. .*: make env STACK=/,
    });
});

test("a time stays the same until its triggers change", async (t) => {
    const [inputs, others] = [{ triggers: { rotation: 1 } }, { triggers: { rotation: 2 } }];
    const { id, outputs } = await timestamp.create(inputs, CONTEXT);
    t.true(Math.abs(Date.now() - Date.parse(outputs.at)) < 10_000);
    const change = { id, oldInputs: inputs, oldOutputs: outputs, inputs };
    t.is(await timestamp.diff(change, CONTEXT), undefined);
    t.deepEqual(await timestamp.read(id, outputs, inputs), outputs);

    t.deepEqual(await timestamp.diff({ ...change, inputs: others }, CONTEXT), { properties: ["triggers"] });
    await new Promise((resolve) => setTimeout(resolve, 5));
    t.true((await timestamp.update({ ...change, inputs: others }, CONTEXT)).at > outputs.at);
});
