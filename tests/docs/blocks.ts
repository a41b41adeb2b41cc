import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The project's folder. */
export const ROOT = resolve(import.meta.dirname, "../..");

/** The files that git tracks, relative to the project's folder. */
export const TRACKED = execFileSync("git", ["ls-files"], { cwd: ROOT, encoding: "utf8" }).trim().split("\n");

/** The pages for people. Golden reports are output of the program and no pages. */
export const PAGES = TRACKED.filter((file) => file.endsWith(".md") && !file.includes("/golden/"));

/** A fenced block of a page. */
export interface Block {
    /** The heading above it, without its number signs; "" before the first one. */
    heading: string;
    /** Its first line, counted from 1. */
    line: number;
    /** The language after the opening fence, such as `sh`; "" if there is none. */
    language: string;
    /** Its lines, without the indentation of a list and with a line break after each. */
    content: string;
    /** The test that runs or checks it, as a path in the project. */
    test?: string;
    /** Why no test can run it. */
    untested?: string;
}

const MARKER = /^ *<!-- (?:(?:run|checked) by (?<test>\S+)|not run: (?<untested>.+)) -->$/;
const HEADING = /^#+ (.+)$/;
const FENCE = /^( *)```(\S*)$/;

/** The text of a tracked file. */
export function read(file: string): string {
    return readFileSync(join(ROOT, file), "utf8");
}

/**
 * The fenced blocks of a page, in their order. The line above a block can hold one of these markers:
 * `<!-- run by tests/… -->`, `<!-- checked by tests/… -->`, `<!-- not run: the reason -->`.
 */
export function blocksOf(page: string): Block[] {
    const lines = page.split("\n");
    const blocks: Block[] = [];
    let heading = "";
    for (let at = 0; at < lines.length; at++) {
        heading = HEADING.exec(lines[at] as string)?.[1] ?? heading;
        const fence = FENCE.exec(lines[at] as string);
        if (fence) {
            const [, indent = "", language = ""] = fence;
            const end = lines.indexOf(`${indent}\`\`\``, at + 1);
            const inside = lines.slice(at + 1, end).map((line) => `${line.slice(indent.length)}\n`);
            const marker = MARKER.exec(lines[at - 1] ?? "")?.groups;
            blocks.push({ heading, line: at + 1, language, content: inside.join(""), ...marker });
            at = end;
        }
    }
    return blocks;
}

/** The blocks of a page whose marker names a test, in their order. */
export function blocksFor(test: string, page: string): Block[] {
    const name = test.startsWith(ROOT) ? test.slice(ROOT.length + 1) : test;
    return blocksOf(page).filter((block) => block.test === name);
}

/** The commands of a block: one a line, continued after a backslash. */
export function commandsIn({ content }: Block): string[] {
    return content.replaceAll("\\\n", "").trim().split("\n");
}
