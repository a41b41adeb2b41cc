import { existsSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { folder } from "../folder.ts";
import { path, root, run, which } from "./shell.ts";

const build = (environment: NodeJS.ProcessEnv, what: string) =>
    run([which("bash"), join(root, "tools/offline-toolchain/build.sh"), what], environment);

for (const what of ["cli", "providers"]) {
    test(`${what}: without Go, the error says how to install it`, async (t) => {
        const home = folder(t);
        const { code, stdout, stderr } = await build(
            { PATH: path(t, [], { npm: "exit 0" }), HOME: home },
            what,
        );
        t.is(code, 1);
        t.is(stdout, "");
        t.regex(stderr, /needs Go, and there is no go on the PATH/);
        t.regex(stderr, /https:\/\/go\.dev\/dl\//);
        t.false(existsSync(join(home, ".cache")));
    });
}

test("a failed build shows Go's output and leaves nothing that looks complete", async (t) => {
    const home = folder(t);
    const go = `if [ "$1" = env ]; then echo go1.25.3; else echo "go: no such module" >&2; exit 1; fi`;
    const environment = { PATH: path(t, ["perl"], { npm: "exit 0", go }), HOME: home };
    const { code, stdout, stderr } = await build(environment, "cli");
    t.is(code, 1);
    t.is(stdout, "");
    t.regex(stderr, /failed after \d+s/);
    t.regex(stderr, /go: no such module/);
    t.is((await run(["find", home, "-name", ".complete"])).stdout, "");
});
