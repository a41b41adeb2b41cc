import { existsSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { root, run, which } from "./shell.ts";

for (const [stack, message] of [
    ["loacl", /there is no stack loacl, as there is no Pulumi\.loacl\.yaml; try STACK=local/],
    ["gcp", /stack gcp is for the target gcp, which is not built yet; use the embedded one: make up/],
] as const) {
    test(`setup for the stack ${stack} is refused before anything is made`, async (t) => {
        const { code, stdout, stderr } = await run([which("bash"), join(root, "tools/setup.sh"), stack]);
        t.is(code, 1);
        t.is(stdout, "");
        t.regex(stderr, message);
        t.false(existsSync(join(root, ".pulumi-state/.pulumi/stacks/london-power", `${stack}.json`)));
    });
}
