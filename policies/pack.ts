import { PolicyPack } from "@pulumi/policy";
import { healthChecks, leastRights, memoryLimits } from "./rules/containers.ts";
import { customerKeys, encryptedNetworks } from "./rules/encryption.ts";
import { loopbackOnly, noPublicAddresses } from "./rules/exposure.ts";
import { noPrimitiveRoles, noPublicMembers } from "./rules/iam.ts";
import { pinnedImages } from "./rules/images.ts";
import { labels } from "./rules/labels.ts";
import { generatedSecretsStaySecret, noPlaintextSecrets } from "./rules/secrets.ts";
import { privateBuckets } from "./rules/storage.ts";

// config/<stack>.json sets the enforcement level of each policy for a stack. The default ends the preview or deployment.
new PolicyPack("london-power", {
    enforcementLevel: "mandatory",
    policies: [
        noPlaintextSecrets,
        generatedSecretsStaySecret,
        loopbackOnly,
        noPublicAddresses,
        pinnedImages,
        memoryLimits,
        healthChecks,
        leastRights,
        privateBuckets,
        noPrimitiveRoles,
        noPublicMembers,
        encryptedNetworks,
        customerKeys,
        labels,
    ],
});
