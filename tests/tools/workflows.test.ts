// What the workflow for pull requests keeps apart; that it is well-formed, `make lint` sees to.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { root } from "./shell.ts";

const jobs = jobsOf(readFileSync(join(root, ".github/workflows/preview.yml"), "utf8"));

test("the base's tools write the report, in a job that has only the plan of the pull request", (t) => {
    const report = jobs.report ?? "";
    t.deepEqual(checkouts(report), ["base"]);
    t.regex(report, /name: plans-head/);
    t.notRegex(report, /actions\/cache/, "a cache may have been written by the pull request");
});

test("the base's tools plan both sides, and the base where nothing of the pull request runs", (t) => {
    const plan = jobs.plan ?? "";
    t.deepEqual(checkouts(plan), ["base", "head"]);
    t.regex(plan, /name: Check out the pull request\n +if: matrix\.side == 'head'/);
    t.regex(plan, /uses: actions\/cache@.*\n +if: matrix\.side == 'head'/);
    t.deepEqual(plan.match(/\S*tools\/preview-report\/main\.ts/g), ["base/tools/preview-report/main.ts"]);
    t.regex(plan, /cp -R base\/policies head\/policies\n[\s\S]* policies "\$stack"/);
});

test("the job that may write comments checks nothing out", (t) => {
    t.regex(jobs.comment ?? "", /pull-requests: write/);
    t.deepEqual(checkouts(jobs.comment ?? ""), []);
});

test("only the environment that reviewers have to approve has the secrets of the job", (t) => {
    t.regex(jobs.deployed ?? "", /^ {4}environment: preview$/m);
    for (const [name, job] of Object.entries(jobs).filter(([other]) => other !== "deployed")) {
        t.notRegex(job, /secrets\.(?!GITHUB_TOKEN)|id-token: write/, name);
    }
});

/** The text of each job, by name. */
function jobsOf(workflow: string): Record<string, string> {
    const [, ...parts] = workflow.slice(workflow.indexOf("\njobs:")).split(/^ {2}([a-z]+):$/m);
    const names = parts.filter((_, i) => i % 2 === 0);
    return Object.fromEntries(names.map((name, i) => [name, parts[2 * i + 1] ?? ""]));
}

/** What a job checks out: the base, or, where nothing else is said, the pull request. */
function checkouts(job: string): string[] {
    const steps = job.split(/^ {6}- /m).filter((step) => step.includes("actions/checkout@"));
    return steps.map((step) =>
        /ref: .* github\.event\.pull_request\.base\.sha /.test(step) ? "base" : "head",
    );
}
