import { existsSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { root, run, which } from "./shell.ts";

test("set-up for an unknown stack is refused before anything is created", async (t) => {
    const { code, stdout, stderr } = await run([which("bash"), join(root, "tools/setup.sh"), "loacl"]);
    t.is(code, 1);
    t.is(stdout, "");
    t.regex(stderr, /there is no stack loacl, as there is no Pulumi\.loacl\.yaml; try STACK=local/);
    t.false(existsSync(join(root, ".pulumi-state/.pulumi/stacks/london-power", "loacl.json")));
});
