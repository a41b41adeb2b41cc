// Every command of the README, in its order, by somebody who has never seen the project; only the jobs are small ones:
// pipeline.test.ts has the real.
import test from "ava";
import { commandsOf, Stranger } from "./stranger.ts";

const stranger = new Stranger();
test.after.always(() => stranger.leave("local"));

test("the README's commands work word for word, and leave a clean checkout", async (t) => {
    const [first = "", ...others] = commandsOf(stranger.read("README.md")).filter(
        // The latter is what runs this.
        (command) => /^(make|pulumi|eval) /.test(command) && command !== "make test",
    );
    t.is(first, "make up");
    t.true(others.length > 9, others.join("\n"));
    t.regex(await stranger.type(first), /Readings: 3 read/);
    t.is(stranger.changes(), "");

    const shown = await stranger.type(...others);
    t.regex(
        shown,
        /\$ pulumi preview --stack local[\s\S]*?12 unchanged/,
        "after make up there is nothing to do",
    );
    t.regex(shown, /\$ pulumi destroy --stack local[\s\S]*?12 deleted/);
    t.is(stranger.changes(), "M Pulumi.local.yaml", "what they have set themselves");

    await stranger.type(
        'eval "$(make -s env)"',
        "pulumi config rm london-power:data --stack local",
        "pulumi config rm london-power:driverMemory --stack local",
        "make destroy",
    );
    t.is(stranger.changes(), "");
});
