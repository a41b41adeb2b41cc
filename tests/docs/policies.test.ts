// docs/policies.md lists the rules of the policy pack, and its example of a stack's levels is one that the pack takes.
import { join } from "node:path";
import test from "ava";
import { blocksFor, ROOT, read, TRACKED } from "./blocks.ts";

const LEVELS = ["mandatory", "advisory", "disabled"];

const page = read("docs/policies.md");
const sources = TRACKED.filter((file) => /^policies\/rules\/.*\.ts$/.test(file)).map(read);
const rules = sources
    .flatMap((source) =>
        [...source.matchAll(/\b(?:rule\(\s*|name: )"([\w-]+)"/g)].map(([, name]) => name as string),
    )
    .sort();

test("the table lists every rule and nothing else", (t) => {
    const [, table = ""] = /^\| rule \|.*\n\|[-|]+\n((?:\|.*\n)+)/m.exec(page) ?? [];
    const named = table
        .trim()
        .split("\n")
        .flatMap((row) => [...(row.split("|")[1] as string).matchAll(/`([\w-]+)`/g)].map(([, name]) => name));
    t.deepEqual(named.sort(), rules);
});

test("the example sets levels of existing rules", (t) => {
    const examples = blocksFor(join(ROOT, "tests/docs/policies.test.ts"), page);
    t.is(examples.length, 1);
    for (const [rule, given] of Object.entries(JSON.parse(examples[0]?.content as string))) {
        t.true(rule === "all" || rules.includes(rule), rule);
        const level = typeof given === "string" ? given : (given as Record<string, string>).enforcementLevel;
        t.true(LEVELS.includes(level as string), `${rule}: ${level}`);
    }
});
