import type { Recorded } from "../components/recorder.ts";

/** Types whose names in Terraform are not made of those of Pulumi's module and resource. */
const TYPES: Record<string, string> = {
    "projects/iAMMember": "google_project_iam_member",
    "projects/iAMCustomRole": "google_project_iam_custom_role",
    "projects/service": "google_project_service",
    "secretmanager/secret": "google_secret_manager_secret",
    "secretmanager/secretVersion": "google_secret_manager_secret_version",
    "secretmanager/secretIamMember": "google_secret_manager_secret_iam_member",
    "serviceaccount/account": "google_service_account",
    "serviceaccount/iAMMember": "google_service_account_iam_member",
    "storage/bucketIAMMember": "google_storage_bucket_iam_member",
    "cloudscheduler/job": "google_cloud_scheduler_job",
    "kms/cryptoKeyIAMMember": "google_kms_crypto_key_iam_member",
};

/** Lists that Pulumi names in the plural and Terraform in the singular. */
const PLURALS = ["allows", "lifecycleRules", "subnetworks", "clusterings"];

/** Objects that are maps in Terraform too; all others are blocks, which a plan has as lists. */
const MAPS = ["labels", "metadata", "overrideProperties", "properties", "params", "headers", "clusterLabels"];

/** Resources of Pulumi's gcp provider in the form of a plan of Terraform's, which scanners read. */
export function terraformPlan(resources: Recorded[]): object {
    const all = resources
        .filter(({ type }) => type.startsWith("gcp:"))
        .map(({ type, name, inputs }) => {
            const kind = terraformType(type);
            return { address: `${kind}.${name}`, mode: "managed", type: kind, name, values: block(inputs) };
        });
    return {
        format_version: "1.2",
        terraform_version: "1.9.0",
        planned_values: { root_module: { resources: all } },
        resource_changes: all.map(({ values, ...resource }) => ({
            ...resource,
            change: { actions: ["create"], before: null, after: values, after_unknown: {} },
        })),
    };
}

function terraformType(token: string): string {
    const type = token.split(":")[1] as string;
    return TYPES[type] ?? `google_${type.split("/").map(snake).join("_")}`;
}

function block(object: object): object {
    return Object.fromEntries(
        Object.entries(object).map(([key, value]) => [
            snake(PLURALS.includes(key) ? key.replace(/s$/, "") : key),
            MAPS.includes(key) ? value : planned(value),
        ]),
    );
}

function planned(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map((each) => (typeof each === "object" && each !== null ? block(each) : each));
    }
    return typeof value === "object" && value !== null ? [block(value)] : value;
}

function snake(name: string): string {
    return name.replaceAll(/[A-Z]+/g, (letters) => `_${letters.toLowerCase()}`);
}
