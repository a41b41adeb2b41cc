// The commands of docs/operations.md, with the names of the test's stack and of its parts.
import type { TestFn } from "ava";
import { blocksFor } from "../../docs/blocks.ts";
import { HdfsSignals } from "../signals.ts";
import { type Stage, withDatabase } from "./stage.ts";

/** Adds the story to a test file; `stage` is called when it runs. */
export function tellOperationsStory(test: TestFn, stage: () => Stage): void {
    test.serial("lake, MongoDB and state come back as the operations' page says", async (t) => {
        const { project, parts } = stage();
        const signals = new HdfsSignals(parts);
        const { runs, rows } = await project.outputs();
        const tables = await signals.list("..");
        t.true(tables.includes("readings"));
        await follow(stage(), "Back up");

        await withDatabase(stage(), (database) => database.collection("data").drop());
        await signals.remove("../readings");
        await follow(stage(), "Restore");
        t.is(
            await withDatabase(stage(), (database) => database.collection("data").countDocuments()),
            rows.loaded,
        );
        t.deepEqual(await signals.list(".."), tables);
        t.deepEqual((await project.outputs()).runs, runs, "no job had to run again");

        const lost = await project.pulumi("stack", "rm", "--yes", "--force", "--preserve-config");
        t.is(lost.code, 0, lost.output);
        await follow(stage(), "The state is lost");
        t.deepEqual((await project.outputs()).runs, runs);
    });
}

/** Runs the commands under a heading of the page; throws what they said when one fails. */
async function follow({ project, parts }: Stage, heading: string): Promise<void> {
    const page = project.read("docs/operations.md");
    const blocks = blocksFor(import.meta.filename, page).filter((block) => block.heading === heading);
    const commands = blocks.map(({ content }) => content).join("");
    if (commands === "") {
        throw new Error(`docs/operations.md has no commands for this test under ${heading}`);
    }
    const own = commands
        .replaceAll("london-power-dev", parts)
        .replaceAll(/(--stack |STACK=|stack init )dev\b/g, `$1${project.stack}`);
    project.write("commands.sh", `set -ex\n${own}`);
    const { code, output } = await project.script("commands.sh");
    if (code !== 0) {
        throw new Error(`the commands under ${heading} failed with ${code}:\n${output}`);
    }
}
