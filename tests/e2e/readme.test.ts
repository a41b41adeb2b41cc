// Every command of the README, in its order, in a fresh copy; only the jobs are small ones: pipeline.test.ts has the real.
import test from "ava";
import { useLightJobs } from "./lightJobs.ts";
import { Project } from "./project.ts";

/** Nobody is there to answer `pulumi up`. */
const SILENT_YES = "export PULUMI_SKIP_CONFIRMATIONS=true";

let project: Project;
test.before(() => {
    project = new Project("default");
    useLightJobs(project);
});
test.after.always(() => project?.dispose());

test("the README's commands work word for word", async (t) => {
    const commands = [...project.read("README.md").matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(
        ([, block]) => (block as string).trim().split("\n"),
    );
    t.true(commands.length > 10);
    const script = commands
        .filter((command) => command !== "make test") // it is what runs this
        .map((command) => `echo "$ "${JSON.stringify(command).replaceAll("$", "\\$")}\n${command}`);
    project.write("commands.sh", ["set -e", SILENT_YES, ...script].join("\n"));
    const { code, output } = await project.script("commands.sh");
    t.is(code, 0, output);
    t.regex(output, /Readings: 3 read/, "make up prints the answers");
    t.regex(
        output,
        /\$ pulumi preview --stack local[\s\S]*?12 unchanged/,
        "after make up there is nothing to do",
    );
    t.regex(output, /\$ pulumi destroy --stack local[\s\S]*?12 deleted/);
});
