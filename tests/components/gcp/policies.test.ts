import { readFileSync } from "node:fs";
import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import test from "ava";
import * as encryption from "../../../policies/rules/encryption.ts";
import * as exposure from "../../../policies/rules/exposure.ts";
import * as iam from "../../../policies/rules/iam.ts";
import * as images from "../../../policies/rules/images.ts";
import * as labels from "../../../policies/rules/labels.ts";
import { noPlaintextSecrets } from "../../../policies/rules/secrets.ts";
import * as storage from "../../../policies/rules/storage.ts";
import { deploy, recorded } from "./platform.ts";

const { customerKeys } = encryption;
const RULES = [exposure, iam, images, labels, storage].flatMap((rules) => Object.values(rules));

test.serial("the platform complies with the policies", async (t) => {
    await deploy({ schedule: "0 3 * * *", readers: "group:analysts@example.org", maxWorkers: "3" });
    t.deepEqual(violations([...RULES, noPlaintextSecrets]), []);
    await deploy({ schedule: "0 3 * * *", compute: "serverless" });
    t.deepEqual(violations([...RULES, noPlaintextSecrets]), []);
});

test.serial(
    "the rule for customer keys holds with the user's own key, and is violated without",
    async (t) => {
        await deploy({ kmsKey: "projects/p/locations/europe-west2/keyRings/r/cryptoKeys/k" });
        t.deepEqual(violations([customerKeys]), []);
        await deploy({
            compute: "serverless",
            kmsKey: "projects/p/locations/europe-west2/keyRings/r/cryptoKeys/k",
        });
        t.deepEqual(violations([customerKeys]), []);
        await deploy({ compute: "serverless" });
        t.true(
            violations([customerKeys]).some((message) =>
                message.startsWith("gcp:artifactregistry/repository"),
            ),
        );
        await deploy();
        const without = violations([customerKeys]).map((message) => message.split(":")[1]);
        t.deepEqual([...new Set(without)].sort(), [
            "bigquery/dataset",
            "dataproc/cluster",
            "secretmanager/secret",
            "storage/bucket",
            "workbench/instance",
        ]);
    },
);

test.serial("a stack without a key in its settings does not need one", (t) => {
    const levels = JSON.parse(readFileSync("policies/config/gcp.json", "utf8"));
    t.is(levels["customer-keys"], "disabled");
});

/** Returns the messages of the rules about all recorded resources. */
function violations(rules: ResourceValidationPolicy[]): string[] {
    const provider = recorded.find(({ type }) => type === "pulumi:providers:gcp");
    const found: string[] = [];
    for (const { type, inputs } of recorded) {
        const args = { type, props: inputs, provider: { props: provider?.inputs }, getConfig: () => ({}) };
        for (const rule of rules) {
            const validate = rule.validateResource as (
                args: ResourceValidationArgs,
                report: (message: string) => void,
            ) => void;
            validate(args as unknown as ResourceValidationArgs, (message) =>
                found.push(`${type}: ${message}`),
            );
        }
    }
    return found;
}
