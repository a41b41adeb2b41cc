// Checks that everything that the pages name exists: targets of links, headings, make targets, settings, paths in backquotes.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import test from "ava";
import { PAGES, ROOT, read, TRACKED } from "./blocks.ts";

/** Tracked files and every folder above one. */
const known = new Set(TRACKED.flatMap((file) => [file, ...parents(file)]));
/** Files that CONTRIBUTING.md shows how to write. */
const EXAMPLES = ["components/swarm/greeter.ts", "jobs/pyspark/households.py"];

test("every link leads to a tracked file, and every anchor to one of its headings", (t) => {
    for (const page of PAGES) {
        for (const [, target = ""] of withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)) {
            if (/^[a-z]+:/.test(target)) {
                continue;
            }
            const [path = "", anchor] = target.split("#");
            const file = path === "" ? page : join(dirname(page), path).replace(/\/$/, "");
            t.true(known.has(file), `${page} links to ${target}: there is no ${file}`);
            if (anchor !== undefined) {
                t.true(
                    anchorsOf(file).has(anchor),
                    `${page} links to ${target}: no heading gives #${anchor}`,
                );
            }
        }
    }
});

test("every path in backquotes below a folder of the project exists", (t) => {
    const folders = new Set(TRACKED.filter((file) => file.includes("/")).map((file) => file.split("/")[0]));
    for (const page of PAGES) {
        for (const [, path = ""] of withoutCode(read(page)).matchAll(/`([\w.-]+\/[\w./-]*)`/g)) {
            const clean = path.replace(/\/$/, "");
            if (folders.has(clean.split("/")[0] as string) && !EXAMPLES.includes(path) && !isMade(clean)) {
                t.true(
                    known.has(clean) || known.has(join(dirname(page), clean)),
                    `${page} names ${path}, which does not exist`,
                );
            }
        }
    }
});

test("every make target that a page names is in the Makefile", (t) => {
    const targets = new Set([...read("Makefile").matchAll(/^([a-z0-9-]+):/gm)].map(([, name]) => name));
    for (const page of PAGES) {
        for (const [, name] of read(page).matchAll(/(?:^|[`(]|&& )make (?:-s )?([a-z0-9-]+)/gm)) {
            t.true(targets.has(name), `${page} names make ${name}, which the Makefile does not have`);
        }
    }
});

test("every setting that a page names is declared in Pulumi.yaml", (t) => {
    const declared = new Set([...read("Pulumi.yaml").matchAll(/^ {4}(\w+):$/gm)].map(([, name]) => name));
    t.true(declared.has("target"));
    for (const page of PAGES) {
        for (const [, name] of read(page).matchAll(/london-power:(\w+)(?![\w:-])/g)) {
            t.true(declared.has(name), `${page} names london-power:${name}, which is no setting`);
        }
    }
});

function parents(file: string): string[] {
    const parent = dirname(file);
    return parent === "." ? [] : [parent, ...parents(parent)];
}

function withoutCode(page: string): string {
    return page.replaceAll(/^ *```[\s\S]*?^ *```$/gm, "");
}

/** Set-up, a stack or a user makes what git ignores. */
function isMade(path: string): boolean {
    return spawnSync("git", ["check-ignore", "--quiet", path], { cwd: ROOT }).status === 0;
}

/** The anchors that GitHub makes of a page's headings. */
function anchorsOf(file: string): Set<string> {
    const headings = [...withoutCode(read(file)).matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) =>
        text
            .toLowerCase()
            .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
            .replaceAll(" ", "-"),
    );
    return new Set(headings);
}
