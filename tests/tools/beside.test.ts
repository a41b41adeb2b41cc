import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { folder } from "../folder.ts";
import { bash } from "./shell.ts";

test("a command that runs beside others runs at the same time and is waited for", async (t) => {
    const file = join(folder(t), "both");
    const { code, stderr } = await bash(`
        there() { until [ -e '${file}.here' ]; do sleep 0.05; done; touch '${file}.there'; sleep 0.3; echo there >>'${file}'; }
        beside there
        touch '${file}.here'; until [ -e '${file}.there' ]; do sleep 0.05; done; echo here >>'${file}'
        join_besides; echo joined >>'${file}'
    `).result;
    t.is(code, 0, stderr);
    t.is(readFileSync(file, "utf8"), "here\nthere\njoined\n");
});

test("the failure of a command beside others is the shell's failure", async (t) => {
    const { code, stdout, stderr } = await bash(`
        broken() { false; echo not reached; }
        wrong() { die "no such thing"; }
        beside broken; beside wrong; sleep 0.2; join_besides; echo not reached
    `).result;
    t.is(code, 1);
    t.is(stdout, "");
    t.regex(stderr, /error: no such thing/);
});

for (const [what, end] of [
    ["fails", "exit 3"],
    ["is stopped", "kill -TERM $$"],
] as const) {
    test(`a command beside others ends with all its children when the shell ${what}`, async (t) => {
        const file = join(folder(t), "late");
        const began = Date.now();
        const { code } = await bash(`
            slow() { bash -c 'touch "$0.began"; sleep 20; touch "$0"' '${file}'; }
            beside slow; until [ -e '${file}.began' ]; do sleep 0.05; done; ${end}
        `).result;
        t.not(code, 0);
        // The output's pipes are closed only when the last process that holds them has ended.
        t.true(Date.now() - began < 15_000);
        t.false(existsSync(file));
    });
}
