import test from "ava";
import { newProject } from "./project.ts";

const POLICIES = ["--policy-pack", "policies", "--policy-pack-config", "policies/config/local.json"];

test("the embedded stack keeps to the policies, and a change that does not is stopped before anything runs", async (t) => {
    const project = await newProject();
    t.teardown(() => project.dispose());
    const kept = await project.pulumi("preview", ...POLICIES);
    t.is(kept.code, 0, kept.output);
    t.regex(kept.output, /✅ london-power@v\d/);

    project.write(
        "jobs/pipeline.ts",
        project
            .read("jobs/pipeline.ts")
            .replace("options: { lake, zone", 'options: { "api-token": "hunter2", lake, zone'),
    );
    const broken = await project.script("tools/stack.ts", "up", "local");
    t.not(broken.code, 0);
    t.regex(broken.output, /\[mandatory\]\s+no-plaintext-secrets\s+\(london-power:spark:SparkRun: ingest\)/);
    t.regex(broken.output, /--api-token says that it is a secret.*\n?.*Deliver it as a file/);
    t.deepEqual(await project.outputs(), {});
});
