import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { path, root, run } from "./shell.ts";

test("a platform's own Jupyter is named with its address and the command for its token, not the token", async (t) => {
    const { code, stdout } = await notebook(t, {
        rows: {},
        endpoints: { jupyter: "http://127.0.0.1:8888/" },
        logins: "[secret]",
    });
    t.is(code, 0);
    t.regex(stdout, /^JupyterLab of stack dev: http:\/\/127\.0\.0\.1:8888\/$/m);
    t.regex(stdout, /pulumi stack output logins --show-secrets --stack dev$/m);
});

test("a stack that is not up has no notebooks, and the error names the command that starts it", async (t) => {
    const { code, stderr } = await notebook(t, {});
    t.is(code, 1);
    t.regex(stderr, /run `make up STACK=dev`/);
});

/** Runs notebook.ts with a pulumi that knows these outputs of the stack. */
function notebook(t: ExecutionContext, outputs: object) {
    const pulumi = `echo '${JSON.stringify(outputs)}'`;
    const environment = { PATH: path(t, [], { pulumi }) };
    return run([process.execPath, join(root, "tools/notebook.ts"), "dev"], environment);
}
