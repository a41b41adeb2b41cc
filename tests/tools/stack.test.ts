import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { folder } from "../folder.ts";
import { path, root, run, which } from "./shell.ts";

test("with the user's own backend, the stack is found there or created, and deployed", async (t) => {
    const { code, asked } = await stack(t, ["up", "dev"], `[{"name": "me/london-power/local"}]`);
    t.is(code, 0);
    t.deepEqual(asked, [
        "stack ls --json --non-interactive",
        "stack init dev --non-interactive",
        "stack export --stack dev",
        "docker service ls --quiet --filter label=com.docker.stack.namespace=london-power-dev",
        "up --stack dev --yes --skip-preview --policy-pack policies --policy-pack-config policies/config/dev.json --suppress-outputs",
    ]);
});

test("an existing stack is not created again", async (t) => {
    const { asked } = await stack(t, ["init", "dev"], `[{"name": "me/london-power/dev"}]`);
    t.deepEqual(asked, ["stack ls --json --non-interactive", "stack export --stack dev"]);
});

test("resources that a killed run was creating are looked up first", async (t) => {
    const { asked } = await stack(t, ["destroy", "dev"], `[{"name": "dev"}]`, {
        pending_operations: [{ type: "creating" }],
        resources: [],
    });
    t.deepEqual(asked.slice(2), [
        "refresh --stack dev --yes --clear-pending-creates --skip-preview",
        "destroy --stack dev --yes --skip-preview --suppress-outputs",
    ]);
});

test("names that another clone's stack uses on the engine are reported before anything is created", async (t) => {
    const { code, asked, stderr } = await stack(t, ["up", "taken"], `[{"name": "taken"}]`);
    t.is(code, 1);
    t.regex(
        stderr,
        /the Docker engine already runs a stack taken, .*PULUMI_BACKEND_URL=.*; or take it down: docker stack rm/,
    );
    t.is(
        asked.at(-1),
        "docker service ls --quiet --filter label=com.docker.stack.namespace=london-power-taken",
    );
});

test("the levels of the policies are the stack's own, or those of its target", async (t) => {
    const pack = "preview --stack dev --suppress-outputs --policy-pack policies";
    const { asked } = await stack(t, ["policies", "dev"], `[{"name": "dev"}]`);
    t.is(asked.at(-1), `${pack} --policy-pack-config policies/config/dev.json`);
    const { asked: other } = await stack(t, ["policies", "mine"], `[{"name": "mine"}]`);
    t.is(other.at(-1), pack.replace("dev", "mine"));
    const swarm = "config:\n  london-power:target: dev\n";
    const { asked: third } = await stack(t, ["policies", "mine"], `[{"name": "mine"}]`, {}, swarm);
    t.is(third.at(-1), `${pack.replace("dev", "mine")} --policy-pack-config policies/config/dev.json`);
});

test("a swarm's file gets the settings that this machine needs and that it does not have yet", async (t) => {
    const own = "config:\n  london-power:target: dev\n  london-power:mongoImage: mongo:7\n";
    const { asked, stderr } = await stack(t, ["init", "dev"], `[{"name": "dev"}]`, {}, own);
    t.deepEqual(
        asked.filter((words) => words.startsWith("config")),
        [
            "config set london-power:baseImage london-power/debian:bookworm --stack dev",
            "config set london-power:mongoExpressImage ./images/mongo-express-stand-in --stack dev",
        ],
    );
    t.regex(stderr, /This machine needs london-power:baseImage=london-power\/debian:bookworm/);
});

test("an unknown command is refused", async (t) => {
    const { code, stderr } = await stack(t, ["explode", "dev"], "[]");
    t.is(code, 2);
    t.regex(stderr, /usage: stack\.ts init\|up\|refresh\|destroy\|policies STACK/);
});

/** Runs stack.ts with a pulumi that only notes what it is asked, and knows these stacks and this state. */
async function stack(
    t: ExecutionContext,
    words: string[],
    stacks: string,
    deployment = {},
    config = "config:\n",
) {
    const log = join(folder(t), "asked");
    const pulumi = `echo "$*" >>'${log}'
        case "$*" in "stack ls"*) echo '${stacks}' ;; "stack export"*) echo '${JSON.stringify({ deployment })}' ;; esac`;
    const docker = `echo "docker $*" >>'${log}'
        case "$*" in *-taken) echo service ;; *debian:bookworm-slim) exit 1 ;; esac`;
    const bin = path(t, [], { pulumi, docker });
    const home = folder(t);
    for (const name of ["dev", "mine", "taken"]) {
        writeFileSync(join(home, `Pulumi.${name}.yaml`), config);
    }
    mkdirSync(join(home, "policies/config"), { recursive: true });
    writeFileSync(join(home, "policies/config/dev.json"), "{}");
    const script = `cd "$0" && exec "${process.execPath}" "${join(root, "tools/stack.ts")}" ${words.join(" ")}`;
    const result = await run([which("bash"), "-c", script, home], { PATH: bin, HOME: home });
    const asked = words[0] === "explode" ? [] : readFileSync(log, "utf8").trim().split("\n");
    return { ...result, asked };
}
