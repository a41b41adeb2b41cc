// Somebody who has never seen the project types the commands of docs/operations.md and docs/policies.md for the Swarm.
import test from "ava";
import { commandsOf, Stranger } from "./stranger.ts";

const stranger = new Stranger();
test.after.always(() => stranger.leave("dev"));

test("up, again, policies, scale, rotate, doctor, refresh, destroy: word for word, and the checkout stays clean", async (t) => {
    const operations = stranger.read("docs/operations.md");
    const policies = commandsOf(import.meta.filename, stranger.read("docs/policies.md"));
    const rotate = commandsOf(import.meta.filename, operations, "Rotate credentials");
    t.is(rotate[0], "make rotate STACK=dev");

    t.regex(await stranger.type("make up STACK=dev"), /Readings: 3 read/);
    t.is(stranger.changes(), "");
    const again = await stranger.type("make up STACK=dev", 'eval "$(make -s env STACK=dev)"', ...policies);
    t.regex(again, /\$ make up STACK=dev[\s\S]*?Resources:\n +\d+ unchanged\n/);
    t.regex(again, /\$ make policies STACK=dev[\s\S]*(✅|⚠️) london-power@v/);

    t.regex(await stranger.type(...rotate), /\$ make rotate STACK=dev ONLY=mongo/);
    t.is(stranger.changes(), "");
    const doctor = await stranger.type("make doctor STACK=dev");
    t.regex(doctor, /here +mongo +its credentials have an age of 0 days/);

    const scale = commandsOf(import.meta.filename, operations, "Scale").map((command) =>
        command.replace(" 5 ", " 2 "),
    );
    t.regex(scale.join("\n"), /^pulumi config set london-power:workers 2/);
    await stranger.type('eval "$(make -s env STACK=dev)"', ...scale);
    t.is(stranger.changes(), "M Pulumi.dev.yaml");

    await stranger.type(
        "make refresh STACK=dev",
        "make destroy STACK=dev",
        'eval "$(make -s env STACK=dev)"',
        "pulumi config rm london-power:workers --stack dev",
    );
    t.is(stranger.changes(), "");
});
