// Changes of amounts that affect the bill or the use of a machine. forecast.ts has the cost of a stack by list price.
import type { Change } from "./changes.ts";

/** The properties that affect the bill, by type. Elements of a list are written as `a[0]` and match `a[]`. */
const PROPERTIES: Record<string, RegExp> = {
    "docker:index/service:Service":
        /^(mode\.replicated\.replicas|taskSpec\.resources\.(limits|reservation)\.(memoryBytes|nanoCpus))$/,
    "docker:index/container:Container": /^(memory|cpuShares|cpus)$/,
    "gcp:dataproc/cluster:Cluster":
        /(numInstances|machineTypeUri|machineType|bootDiskSizeGb|bootDiskType|numLocalSsds|acceleratorCount|idleDeleteTtl|autoDeleteTime|policyUri)$/,
    "gcp:dataproc/autoscalingPolicy:AutoscalingPolicy": /(minInstances|maxInstances|weight)$/,
    "gcp:dataproc/batch:Batch": /(properties\["spark\.(dynamicAllocation|executor|driver).*|ttl)$/,
    "gcp:storage/bucket:Bucket":
        /^(storageClass|location|autoclass\b.*|lifecycleRules\b.*|versioning\b.*|softDeletePolicy\b.*)$/,
    "gcp:workbench/instance:Instance":
        /(machineType|diskSizeGb|diskType|acceleratorConfigs\b.*|desiredState|idle.*)$/,
    "gcp:compute/instance:Instance":
        /(machineType|size|type|guestAccelerators\b.*|desiredStatus|provisioningModel)$/,
    "gcp:compute/disk:Disk": /^(size|type|provisionedIops)$/,
    "gcp:sql/databaseInstance:DatabaseInstance":
        /^settings\.(tier|diskSize|diskType|availabilityType|edition)$/,
    "gcp:cloudscheduler/job:Job": /^(schedule|paused)$/,
    "gcp:bigquery/dataset:Dataset": /^(storageBillingModel|defaultTableExpirationMs|maxTimeTravelHours)$/,
};

/** Types of resources that cost money as long as they exist. */
const STANDING = [
    "gcp:dataproc/cluster:Cluster",
    "gcp:workbench/instance:Instance",
    "gcp:compute/instance:Instance",
    "gcp:compute/routerNat:RouterNat",
    "gcp:compute/address:Address",
    "gcp:compute/disk:Disk",
    "gcp:sql/databaseInstance:DatabaseInstance",
    "gcp:firestore/database:Database",
    "gcp:storage/bucket:Bucket",
    "docker:index/service:Service",
    "docker:index/container:Container",
];

/** Returns one line for each change that affects the cost: the property, and its values before and after. */
export function costsOf(changes: Change[]): { name: string; what: string }[] {
    return changes.flatMap(({ type, name, operation, properties }) => {
        const standing = STANDING.includes(type);
        if (operation === "create" || operation === "delete") {
            const what = operation === "create" ? "is new, and takes its share" : "goes, and frees its share";
            return standing ? [{ name, what }] : [];
        }
        const pattern = PROPERTIES[type];
        return properties
            .filter(({ path }) => pattern?.test(path))
            .map(({ path, before, after }) => ({
                name,
                what: `${path}: ${amount(path, before)} → ${amount(path, after)}${direction(before, after)}`,
            }));
    });
}

function amount(path: string, value = "unset"): string {
    return path.endsWith("memoryBytes") && value !== "unset" ? `${Number(value) / 2 ** 20} MiB` : value;
}

function direction(before?: string, after?: string): string {
    const [from, to] = [before, after].map((value) => (value === undefined ? Number.NaN : Number(value)));
    return from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to) || from === to
        ? ""
        : from < to
          ? " (more)"
          : " (less)";
}
