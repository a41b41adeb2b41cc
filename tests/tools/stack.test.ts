import { readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { folder } from "../folder.ts";
import { path, root, run, which } from "./shell.ts";

test("with a backend of the user's own the stack is looked for there, made if it is missing, and brought up", async (t) => {
    const { code, asked } = await stack(t, ["up", "dev"], `[{"name": "me/london-power/local"}]`);
    t.is(code, 0);
    t.deepEqual(asked, [
        "stack ls --json --non-interactive",
        "stack init dev --non-interactive",
        "stack export --stack dev",
        "up --stack dev --yes --skip-preview --suppress-outputs",
    ]);
});

test("a stack that is there is not made again", async (t) => {
    const { asked } = await stack(t, ["init", "dev"], `[{"name": "me/london-power/dev"}]`);
    t.deepEqual(asked, ["stack ls --json --non-interactive"]);
});

test("what was being created when a run was killed is looked up first, and a secret that was lost so is removed", async (t) => {
    const { asked } = await stack(
        t,
        ["destroy", "dev"],
        `[{"name": "dev"}]`,
        `{"type": "creating", "id": "known"}`,
    );
    t.deepEqual(asked.slice(2), [
        "refresh --stack dev --yes --clear-pending-creates --skip-preview",
        "stack export --stack dev",
        "docker secret ls --quiet --filter label=com.docker.stack.namespace=london-power-dev",
        "docker secret rm lost",
        "destroy --stack dev --yes --skip-preview --suppress-outputs",
    ]);
});

test("the policies are those of the stack, where it has any of its own", async (t) => {
    const pack = "preview --stack dev --suppress-outputs --policy-pack policies";
    const { asked } = await stack(t, ["policies", "dev"], `[{"name": "dev"}]`);
    t.is(asked.at(-1), `${pack} --policy-pack-config policies/config/dev.json`);
    const { asked: other } = await stack(t, ["policies", "mine"], `[{"name": "mine"}]`);
    t.is(other.at(-1), pack.replace("dev", "mine"));
});

test("another command is refused", async (t) => {
    const { code, stderr } = await stack(t, ["explode", "dev"], "[]");
    t.is(code, 2);
    t.regex(stderr, /usage: stack\.sh init\|up\|refresh\|destroy\|policies STACK/);
});

/** Runs stack.sh with a pulumi that only notes what it is asked, and knows these stacks and this state. */
async function stack(t: ExecutionContext, words: string[], stacks: string, state = "{}") {
    const log = join(folder(t), "asked");
    const pulumi = `echo "$*" >>'${log}'
        case "$*" in "stack ls"*) echo '${stacks}' ;; "stack export"*) echo '${state}' ;; esac`;
    const docker = `echo "docker $*" >>'${log}'
        case "$*" in "secret ls"*) echo known; echo lost ;; esac`;
    const bin = path(t, [], { pulumi, docker });
    const result = await run([which("bash"), join(root, "tools/stack.sh"), ...words], { PATH: bin });
    const asked = words[0] === "explode" ? [] : readFileSync(log, "utf8").trim().split("\n");
    return { ...result, asked };
}
