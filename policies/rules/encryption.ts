import { type Inputs, rule } from "./rule.ts";

export const encryptedNetworks = rule(
    "encrypted-networks",
    "What travels between the nodes of a swarm is encrypted.",
    {
        *"docker:index/network:Network"({ driver, options }: Inputs) {
            // Docker encrypts when the option is there, whatever its value.
            if (driver === "overlay" && !("encrypted" in (options ?? {}))) {
                yield 'Anybody between two nodes can read it. Set options: { encrypted: "" }, in this project: ' +
                    "pulumi config set london-power:encryptNetwork true";
            }
        },
    },
);

/** What Google encrypts with a key of its own where it is given none, and where a key is named. */
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
    "Data at rest are encrypted with a key of the customer's own.",
    Object.fromEntries(
        Object.entries(KEYS).map(([type, keyOf]) => [
            type,
            function* (inputs: Inputs) {
                if (!keyOf(inputs)) {
                    yield "It is encrypted with a key of Google's. Name one of your own in Cloud KMS, " +
                        'or switch this rule off for the stack: "customer-keys": "disabled" in policies/config/<stack>.json';
                }
            },
        ]),
    ),
    // Google encrypts everything at rest: who has to hold the keys themselves, asks for this one.
    { enforcementLevel: "disabled" },
);
