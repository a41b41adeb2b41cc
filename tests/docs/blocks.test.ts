// A test runs or checks every block of every page, or the page says why none can; a section with measurements says by which command.
import test from "ava";
import { type Block, blocksOf, PAGES, read, TRACKED } from "./blocks.ts";

/** Languages of blocks with drawings, which nobody types. */
const PICTURES = ["mermaid"];

const blocks = PAGES.flatMap((page) => blocksOf(read(page)).map((block) => ({ page, ...block }))).filter(
    ({ language }) => !PICTURES.includes(language),
);

test("the pages have blocks of both kinds", (t) => {
    t.true(blocks.filter(({ test }) => test).length > 15);
    t.true(blocks.some(({ untested }) => untested));
});

for (const { page, line, ...block } of blocks) {
    test(`${page}:${line} names the test that runs it, or why none can`, (t) => {
        t.truthy(
            block.test ?? block.untested,
            `put <!-- run by tests/… -->, <!-- checked by tests/… --> or <!-- not run: the reason --> above the block:\n${block.content}`,
        );
        for (const file of testsNamedIn(block)) {
            t.true(TRACKED.includes(file), `there is no ${file}`);
        }
        if (block.test) {
            t.true(
                reads(block.test, page, block.heading),
                `${block.test} does not read this block of ${page}`,
            );
        }
    });
}

test("no page has an indented block, which can have no marker", (t) => {
    for (const page of PAGES) {
        const text = read(page).replaceAll(/^ *```[\s\S]*?^ *```$/gm, "");
        t.is(/^\n {4,}(make|pulumi|eval|node|python|docker|gcloud) .*$/m.exec(text)?.[0], undefined, page);
    }
});

/** A measured time or rate; a setting's unit or a limit is no measurement. */
const MEASURED = /\d (s|min \d+ s|[kM] rows\/s|rows\/s|CPU seconds)(?![\w`])/;
const COMMAND = /`(time )?(make|pulumi|node|python|docker) [^`]+`/;

test("a section with a measured time names the command that measures it", (t) => {
    for (const page of PAGES.filter((name) => name.startsWith("docs/"))) {
        for (const section of read(page).split(/^## /m)) {
            if (MEASURED.test(section)) {
                t.regex(
                    section,
                    COMMAND,
                    `${page}, ${section.split("\n")[0]}: ${MEASURED.exec(section)?.[0]}`,
                );
            }
        }
    }
});

function testsNamedIn({ test: file, untested = "" }: Pick<Block, "test" | "untested">): string[] {
    return [...(file ? [file] : []), ...[...untested.matchAll(/tests\/[\w./-]+\w/g)].map(([name]) => name)];
}

/** Whether a test's source reads a page and, if it picks headings of the page, this one. */
function reads(file: string, page: string, heading: string): boolean {
    const source = read(file);
    const picked = blocksOf(read(page)).filter((block) => source.includes(`"${block.heading}"`));
    return (
        (source.includes(`"${page}"`) || source.includes("PAGES")) &&
        (picked.length === 0 || source.includes(`"${heading}"`))
    );
}
