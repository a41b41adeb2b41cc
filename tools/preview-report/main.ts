// Shows what a change of the program would do, on one page.
//   main.ts show STACK                      previews the stack and prints it in the terminal
//   main.ts plan PROJECT FOLDER STACK…      previews stacks of the project as if nothing were there, to FOLDER/<stack>.json
//   main.ts comment BASE HEAD [PROJECT]     prints a comment in Markdown. BASE and HEAD are folders with a <stack>.json each, as
//                                           `pulumi preview --json` prints it. Where they are of nothing deployed, the
//                                           providers of PROJECT are asked what needs a new resource
// Runs in the environment of env.sh.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { askProviders } from "./ask.ts";
import { changesOf } from "./changes.ts";
import { comment } from "./markdown.ts";
import { planFromNothing } from "./plan.ts";
import { type Preview, readPreview } from "./preview.ts";
import { reportOn, type StackReport } from "./report.ts";
import { terminal } from "./terminal.ts";

const [command, ...words] = process.argv.slice(2) as [string?, ...string[]];
const [first = "", second = "", ...others] = words;
if (command === "show" && words.length === 1) {
    show(first);
} else if (command === "plan" && words.length >= 3) {
    plan(first, second, others);
} else if (command === "comment" && (words.length === 2 || words.length === 3)) {
    process.stdout.write(comment(reports(first, second, others[0])));
} else {
    console.error(
        "usage: main.ts show STACK | main.ts plan PROJECT FOLDER STACK… | main.ts comment BASE HEAD [PROJECT]",
    );
    process.exit(2);
}

function show(stack: string): void {
    const { status, stdout, stderr, error } = spawnSync(
        "pulumi",
        // Unchanged resources also have a price.
        ["preview", "--json", "--show-sames", "--stack", stack, "--non-interactive"],
        { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] },
    );
    // Without JSON, Pulumi has failed before the preview; its own message has the reason.
    if (!stdout?.startsWith("{")) {
        process.stderr.write(stderr || `${error ?? stdout}\n`);
        process.exit(status || 1);
    }
    console.log(terminal(reportOn(stack, readPreview(stdout))));
    process.exitCode = status ?? 1;
}

function plan(project: string, folder: string, stacks: string[]): void {
    mkdirSync(folder, { recursive: true });
    for (const stack of stacks) {
        writeFileSync(join(folder, `${stack}.json`), planFromNothing(project, stack));
    }
}

function reports(base: string, head: string, project?: string): StackReport[] {
    const names = readdirSync(head).filter((name) => name.endsWith(".json"));
    return names.sort().map((name) => {
        const [before, after] = [previewIn(base, name), previewIn(head, name) as Preview];
        const changes = changesOf(after, before);
        const answers =
            project !== undefined && !changes.deployed ? askProviders(changes.changes, project) : undefined;
        return reportOn(
            name.slice(0, -".json".length),
            after,
            before,
            answers ? readPreview(answers) : undefined,
        );
    });
}

function previewIn(folder: string, name: string): Preview | undefined {
    const path = join(folder, name);
    return existsSync(path) ? readPreview(readFileSync(path, "utf8")) : undefined;
}
