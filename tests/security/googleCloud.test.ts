// What a scanner of Terraform's plans says of the Google Cloud target, with the settings of those who are careful.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { deploy } from "../components/gcp/platform.ts";
import type { Recorded } from "../components/recorder.ts";
import { folder } from "../folder.ts";
import { root, run } from "../tools/shell.ts";
import { terraformPlan } from "./planned.ts";

const KEY = "projects/my-project-123/locations/europe-west2/keyRings/ring/cryptoKeys/key";

test("nothing is found but what googleCloud.yaml gives a reason for", async (t) => {
    const { recorded } = await deploy({ schedule: "0 3 * * 1-5", kmsKey: KEY, protect: "true" });
    const { code, stdout } = await scan(t, recorded);
    t.is(code, 0, stdout);
});

test("a bucket for everybody and an open firewall are found", async (t) => {
    const found = await scan(t, [
        { type: "gcp:storage/bucket:Bucket", name: "open", inputs: { publicAccessPrevention: "inherited" } },
        {
            type: "gcp:compute/firewall:Firewall",
            name: "open",
            inputs: { sourceRanges: ["0.0.0.0/0"], allows: [{ protocol: "tcp", ports: ["22"] }] },
        },
    ]);
    t.not(found.code, 0);
    for (const check of ["CKV_GCP_29", "CKV_GCP_114", "CKV_GCP_2"]) {
        t.true(found.stdout.includes(`Check: ${check}:`), `${check}\n${found.stdout}`);
    }
});

function scan(t: ExecutionContext, resources: Recorded[]) {
    const plan = join(folder(t), "plan.json");
    writeFileSync(plan, JSON.stringify(terraformPlan(resources)));
    const config = join(root, "tests/security/googleCloud.yaml");
    const checkov = join(root, ".venv-scanners/bin/checkov");
    return run([checkov, "--config-file", config, "--file", plan]);
}
