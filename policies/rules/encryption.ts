import { type Inputs, rule } from "./rule.ts";

export const encryptedNetworks = rule(
    "encrypted-networks",
    "The traffic between the nodes of a swarm is encrypted.",
    {
        *"docker:index/network:Network"({ driver, options }: Inputs) {
            // Docker encrypts if the option is set, whatever its value is.
            if (driver === "overlay" && !("encrypted" in (options ?? {}))) {
                yield 'Everybody between two nodes can read the traffic. Set options: { encrypted: "" }, in this project: ' +
                    "pulumi config set london-power:encryptNetwork true";
            }
        },
    },
);

/** The types that Google encrypts with its own key by default, and the input that names a key of the customer. */
const KEYS: Record<string, (inputs: Inputs) => unknown> = {
    "gcp:storage/bucket:Bucket": ({ encryption }) => encryption?.defaultKmsKeyName,
    "gcp:bigquery/dataset:Dataset": ({ defaultEncryptionConfiguration: given }) => given?.kmsKeyName,
    "gcp:dataproc/cluster:Cluster": ({ clusterConfig }) => clusterConfig?.encryptionConfig?.kmsKeyName,
    "gcp:dataproc/batch:Batch": ({ environmentConfig }) => environmentConfig?.executionConfig?.kmsKey,
    "gcp:artifactregistry/repository:Repository": ({ kmsKeyName }) => kmsKeyName,
    "gcp:secretmanager/secret:Secret": ({ replication }) =>
        replication?.userManaged?.replicas?.every((replica: Inputs) => replica.customerManagedEncryption),
    "gcp:workbench/instance:Instance": ({ gceSetup }) =>
        gceSetup?.bootDisk?.kmsKey && gceSetup.dataDisks?.kmsKey,
};

export const customerKeys = rule(
    "customer-keys",
    "A key of the customer encrypts data at rest.",
    Object.fromEntries(
        Object.entries(KEYS).map(([type, keyOf]) => [
            type,
            function* (inputs: Inputs) {
                if (!keyOf(inputs)) {
                    yield "Google's own key encrypts it. Name your own key in Cloud KMS, " +
                        'or turn this rule off for the stack: "customer-keys": "disabled" in policies/config/<stack>.json';
                }
            },
        ]),
    ),
    // Google encrypts all data at rest. This rule is for users who have to hold the keys themselves.
    { enforcementLevel: "disabled" },
);
