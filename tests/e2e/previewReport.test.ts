// The report of a pull request as its workflow makes it, by the engine: with no login, no state and no secret.
import { existsSync } from "node:fs";
import test from "ava";
import { blocksFor, commandsIn } from "../docs/blocks.ts";
import { newProject, type Project } from "./project.ts";

let project: Project;
test.before(async () => {
    project = await newProject();
});
test.after.always(() => project?.dispose());

/** The commands of docs/pull-requests.md; base and head are this project at different times. */
function commands(): string[] {
    const page = project
        .read("docs/pull-requests.md")
        .replaceAll("../base", ".")
        .replaceAll("/tmp/plans", "plans");
    return blocksFor(import.meta.filename, page)
        .flatMap(commandsIn)
        .map((command) => command.replace(/ local dev$/, " local"));
}

/** Plans the base by the page's command, unless an earlier story has done it. */
async function planBase(): Promise<void> {
    const [command = ""] = commands();
    if (!existsSync(project.path("plans/base"))) {
        const { code, output } = await project.script("-c", command);
        if (code !== 0) {
            throw new Error(output);
        }
    }
}

async function tool(words: string): Promise<{ code: number; output: string }> {
    return project.script("-c", `node tools/preview-report/main.ts ${words}`);
}

test.serial(
    "base and head, planned from nothing, give one comment that names the jobs and why",
    async (t) => {
        const [, planHead = "", comment = "", ...others] = commands();
        t.is(others.length, 0);
        await planBase();
        project.write("jobs/pyspark/train.py", `${project.read("jobs/pyspark/train.py")}# changed\n`);
        const shape = project.read("Pulumi.local.yaml");
        project.write(
            "Pulumi.local.yaml",
            shape.replace("local\n", "local\n  london-power:workspace: /srv/power\n"),
        );
        t.is((await project.script("-c", planHead)).code, 0);

        const { code, output } = await project.script("-c", comment);
        t.is(code, 0, output);
        t.true(output.startsWith("<!-- london-power:preview-report -->\n"));
        t.regex(output, /`local`: `local-workspace` \(london-power Directory\) is \*\*replaced\*\*/);
        t.regex(output, /- `train`: script changed/);
        t.regex(output, /# needs a new resource:\n- path: .*\n\+ path: \/srv\/power/);
        t.false(output.includes("was not asked"), output);
        project.write("Pulumi.local.yaml", shape);
    },
);

test.serial("a stack that cannot be planned is told in the comment, with the engine's words", async (t) => {
    await planBase();
    const config = project.read("Pulumi.local.yaml");
    project.write("Pulumi.local.yaml", config.replace("target: local", "target: elsewhere"));
    t.is((await tool("plan . plans/broken local")).code, 0);
    project.write("Pulumi.local.yaml", config);
    const { output } = await tool("comment plans/base plans/broken .");
    t.regex(output, /\| `local` \| the preview failed \|/);
    t.regex(output, /london-power:target is "elsewhere"; allowed: local, dev, gcp/);
});

test.serial("in the terminal it is the stack itself that is previewed", async (t) => {
    const { code, output } = await tool("show local");
    t.is(code, 0, output);
    t.regex(output, /^Stack local: 8 to create$/m);
    t.regex(output, /^ {2}ingest: it is new$/m);
});
