// Somebody who has never seen the project types the commands of README.md, and then those of docs/jobs.md, in their order. Their
// jobs are small; pipeline.test.ts has the real ones.
import test from "ava";
import { commandsOf, Stranger } from "./stranger.ts";

const stranger = new Stranger();
test.after.always(() => stranger.leave("local"));

test("the README's commands work word for word, and leave a clean checkout", async (t) => {
    const [first = "", ...others] = commandsOf(import.meta.filename, stranger.read("README.md"));
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

    const schedule = commandsOf(import.meta.filename, stranger.read("docs/jobs.md"));
    t.is(schedule.length, 4);
    const scheduled = await stranger.type('eval "$(make -s env)"', ...schedule);
    t.regex(
        scheduled,
        /\$ pulumi up --stack local[\s\S]*?1 created[\s\S]*?\$ pulumi up --stack local[\s\S]*?1 deleted/,
    );

    await stranger.type(
        'eval "$(make -s env)"',
        "pulumi config rm london-power:data --stack local",
        "pulumi config rm london-power:driverMemory --stack local",
        "make destroy",
    );
    t.is(stranger.changes(), "");
});
