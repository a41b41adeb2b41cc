// What each variant of the platform asks of Google, in Google's own words: the real engine and program, without the jobs.
import test from "ava";
import { inventory, type Stage, setStage } from "./stage.ts";

/** Google's resources of a stack with the default settings, by the last part of their collection. */
const USUAL = {
    clusters: 1,
    databases: 1,
    firewalls: 1,
    instances: 1,
    networks: 1,
    roles: 1,
    routers: 1,
    secrets: 2,
    serviceAccounts: 2,
    subnetworks: 1,
    userCreds: 2,
};

const KEY = "projects/keys/locations/europe-west2/keyRings/r/cryptoKeys/data";

for (const [what, changes, difference] of [
    ["as it comes", {}, {}],
    [
        "with a cluster that grows, readers and no notebooks",
        { maxWorkers: "5", readers: "group:analysts@example.org", workbenchMachineType: '""' },
        { autoscalingPolicies: 1, instances: 0, serviceAccounts: 1 },
    ],
    ["with a key of one's own", { kmsKey: KEY }, {}],
    [
        "with Serverless batches in an image that Cloud Build makes",
        { compute: "serverless" },
        { clusters: 0, repositories: 1, serviceAccounts: 3 },
    ],
] as [string, Record<string, string>, Record<string, number>][]) {
    test.serial(
        `Google takes the platform ${what}, keeps to the policies, asks for nothing at a second up, and destroy leaves nothing`,
        async (t) => {
            const stage = await setStage(changes, false);
            t.teardown(() => stage.dispose());
            const up = await withoutJobs(stage, "up", "--yes", "--skip-preview");
            t.is(up.code, 0, up.output);
            const expected = Object.entries({ ...USUAL, ...difference }).filter(([, count]) => count > 0);
            t.deepEqual(inventory(stage), Object.fromEntries(expected));

            const users = stage.google.policies.of(KEY).flatMap(({ members }) => members);
            t.is(users.length, "kmsKey" in changes ? 6 : 0, `${users}`);

            const preview = await stage.project.script("tools/preview-report/main.ts", "show", "gcp");
            t.is(preview.code, 0, preview.output);
            t.regex(
                preview.output,
                /What the stack costs by Google's list prices[\s\S]*\n {2}all +\d+\.\d{4} +\d+\.\d{4} +\d+\.\d\d\n/,
            );

            const policies = await stage.project.script("tools/stack.ts", "policies", "gcp");
            t.is(policies.code, 0, policies.output);
            const again = await withoutJobs(stage, "preview", "--expect-no-changes");
            t.is(again.code, 0, again.output);
            const destroy = await stage.project.pulumi("destroy", "--yes", "--skip-preview");
            t.is(destroy.code, 0, destroy.output);
            t.deepEqual(stage.google.made, []);
            t.deepEqual(stage.google.policies.of(KEY), []);
        },
    );
}

/** Without jobs, and what comes after them. */
function withoutJobs({ project }: Stage, ...words: string[]) {
    return project.pulumi(...words, "--exclude", "**SparkRun::**", "--exclude-dependents");
}
