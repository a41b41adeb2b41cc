// How Google's provider asks for each type of resource: which path, and inputs as a body in Google's words.

/** The project of the stories. */
export const PROJECT = "london-power-test";

// biome-ignore lint/suspicious/noExplicitAny: whatever the program gave, or Google answered.
export type Thing = Record<string, any>;

export interface RestType {
    /** Where things of it are kept, with the parameters that name a new one. */
    collection(inputs: Thing): string;
    body(inputs: Thing): Thing;
    /** Its path, from what was asked for and answered. */
    self(inputs: Thing, answer: Thing): string;
    /** Of what Google answers, what the program reads. */
    outputs?(answer: Thing, inputs: Thing): Thing;
    /** How a change is asked for. */
    change?: "PATCH" | "PUT";
}

const GLOBAL = `/compute/v1/projects/${PROJECT}/global`;
const V1 = `/v1/projects/${PROJECT}`;

function compute(collection: (inputs: Thing) => string, body: (inputs: Thing) => Thing): RestType {
    return { collection, body, self: (inputs) => `${collection(inputs)}/${inputs.name}`, change: "PATCH" };
}

function region({ region }: Thing): string {
    return `/compute/v1/projects/${PROJECT}/regions/${region}`;
}

export const TYPES: Record<string, RestType> = {
    "compute/network": compute(
        () => `${GLOBAL}/networks`,
        ({ name, autoCreateSubnetworks, routingMode }) => ({
            name,
            autoCreateSubnetworks,
            routingConfig: { routingMode },
        }),
    ),
    "compute/subnetwork": compute(
        (inputs) => `${region(inputs)}/subnetworks`,
        ({ name, network, ipCidrRange, privateIpGoogleAccess }) => ({
            name,
            network,
            ipCidrRange,
            privateIpGoogleAccess,
        }),
    ),
    "compute/router": compute(
        (inputs) => `${region(inputs)}/routers`,
        ({ name, network }) => ({ name, network }),
    ),
    "compute/firewall": compute(
        () => `${GLOBAL}/firewalls`,
        ({ name, network, direction, allows, ...others }) => ({
            name,
            network,
            direction,
            allowed: allows.map(({ protocol, ports }: Thing) => ({ IPProtocol: protocol, ports })),
            sourceTags: others.sourceTags,
            targetTags: others.targetTags,
            sourceRanges: others.sourceRanges,
            destinationRanges: others.destinationRanges,
        }),
    ),
    "serviceaccount/account": {
        collection: () => `${V1}/serviceAccounts`,
        body: ({ accountId, displayName }) => ({ accountId, serviceAccount: { displayName } }),
        self: (_inputs, { email }) => `${V1}/serviceAccounts/${email}`,
        outputs: ({ name, email }) => ({ name, email, member: `serviceAccount:${email}` }),
        change: "PATCH",
    },
    "projects/iAMCustomRole": {
        collection: () => `${V1}/roles`,
        body: ({ roleId, title, permissions }) => ({
            roleId,
            role: { title, includedPermissions: permissions },
        }),
        self: ({ roleId }) => `${V1}/roles/${roleId}`,
        outputs: ({ name }) => ({ name }),
        change: "PATCH",
    },
    "secretmanager/secret": {
        collection: ({ secretId }) => `${V1}/secrets?secretId=${secretId}`,
        body: ({ replication, versionDestroyTtl }) => ({
            replication: { userManaged: { replicas: replication.userManaged.replicas } },
            versionDestroyTtl,
        }),
        self: ({ secretId }) => `${V1}/secrets/${secretId}`,
        outputs: ({ name }) => ({ name }),
        change: "PATCH",
    },
    "secretmanager/secretVersion": {
        collection: ({ secret }) => `/v1/${secret}:addVersion`,
        body: ({ secretData }) => ({ payload: { data: Buffer.from(`${secretData}`).toString("base64") } }),
        self: (_inputs, { name }) => `/v1/${name}`,
    },
    "firestore/database": {
        collection: ({ name }) => `${V1}/databases?databaseId=${name}`,
        body: ({
            locationId,
            type,
            databaseEdition,
            mongodbCompatibleDataAccessMode,
            deleteProtectionState,
        }) => ({
            locationId,
            type,
            databaseEdition,
            mongodbCompatibleDataAccessMode,
            deleteProtectionState,
        }),
        self: ({ name }) => `${V1}/databases/${name}`,
        outputs: ({ uid }) => ({ uid }),
        change: "PATCH",
    },
    "firestore/userCreds": {
        collection: ({ database, name }) => `${V1}/databases/${database}/userCreds?userCredsId=${name}`,
        body: () => ({}),
        self: ({ database, name }) => `${V1}/databases/${database}/userCreds/${name}`,
        outputs: ({ securePassword, resourceIdentity }) => ({
            securePassword,
            resourceIdentities: [resourceIdentity],
        }),
    },
    "dataproc/cluster": {
        collection: ({ region }) => `${V1}/regions/${region}/clusters`,
        body: ({ name, clusterConfig }) => ({
            clusterName: name,
            projectId: PROJECT,
            config: clusterOf(clusterConfig),
        }),
        self: ({ region, name }) => `${V1}/regions/${region}/clusters/${name}`,
        outputs: ({ config }, { clusterConfig }) => ({
            clusterConfig: { ...clusterConfig, endpointConfig: config.endpointConfig },
        }),
        change: "PATCH",
    },
    "dataproc/autoscalingPolicy": {
        collection: ({ location }) => `${V1}/regions/${location}/autoscalingPolicies`,
        body: ({ policyId, workerConfig, basicAlgorithm }) => ({
            id: policyId,
            workerConfig,
            basicAlgorithm,
        }),
        self: ({ location, policyId }) => `${V1}/regions/${location}/autoscalingPolicies/${policyId}`,
        outputs: ({ name }) => ({ name }),
        change: "PUT",
    },
    "dataproc/workflowTemplate": {
        collection: ({ location }) => `${V1}/locations/${location}/workflowTemplates`,
        body: ({ name, jobs, placement }) => ({ id: name, jobs, placement }),
        self: ({ location, name }) => `${V1}/locations/${location}/workflowTemplates/${name}`,
    },
    "workflows/workflow": {
        collection: ({ region, name }) => `${V1}/locations/${region}/workflows?workflowId=${name}`,
        body: ({ description, serviceAccount, sourceContents }) => ({
            description,
            serviceAccount,
            sourceContents,
        }),
        self: ({ region, name }) => `${V1}/locations/${region}/workflows/${name}`,
        change: "PATCH",
    },
    "artifactregistry/repository": {
        collection: ({ location, repositoryId }) =>
            `${V1}/locations/${location}/repositories?repositoryId=${repositoryId}`,
        body: ({ format, description, kmsKeyName, cleanupPolicies }) => ({
            format,
            description,
            kmsKeyName,
            cleanupPolicies: Object.fromEntries(
                cleanupPolicies.map(({ condition, ...policy }: Thing) => [
                    policy.id,
                    { ...policy, condition },
                ]),
            ),
        }),
        self: ({ location, repositoryId }) => `${V1}/locations/${location}/repositories/${repositoryId}`,
        outputs: (_answer, { repositoryId }) => ({ name: repositoryId }),
        change: "PATCH",
    },
    "workbench/instance": {
        collection: ({ location, name }) =>
            `/v2/projects/${PROJECT}/locations/${location}/instances?instanceId=${name}`,
        body: ({ gceSetup, instanceOwners, enableDeletionProtection }) => ({
            gceSetup: { ...gceSetup, dataDisks: [gceSetup.dataDisks] },
            instanceOwners,
            enableDeletionProtection,
        }),
        self: ({ location, name }) => `/v2/projects/${PROJECT}/locations/${location}/instances/${name}`,
        outputs: ({ proxyUri }) => ({ proxyUri }),
        change: "PATCH",
    },
    "cloudscheduler/job": {
        collection: ({ region }) => `${V1}/locations/${region}/jobs`,
        body: ({ name, region, ...others }) => ({
            name: `projects/${PROJECT}/locations/${region}/jobs/${name}`,
            description: others.description,
            schedule: others.schedule,
            timeZone: others.timeZone,
            retryConfig: others.retryConfig,
            httpTarget: others.httpTarget,
        }),
        self: ({ region, name }) => `${V1}/locations/${region}/jobs/${name}`,
        change: "PATCH",
    },
    "bigquery/dataset": {
        collection: () => `/bigquery/v2/projects/${PROJECT}/datasets`,
        body: ({ datasetId, location, description, defaultEncryptionConfiguration }) => ({
            datasetReference: { projectId: PROJECT, datasetId },
            location,
            description,
            defaultEncryptionConfiguration,
        }),
        self: ({ datasetId }) => `/bigquery/v2/projects/${PROJECT}/datasets/${datasetId}`,
        change: "PUT",
    },
    "bigquery/table": {
        collection: ({ datasetId }) => `/bigquery/v2/projects/${PROJECT}/datasets/${datasetId}/tables`,
        body: ({ datasetId, tableId, view, externalDataConfiguration }) => ({
            tableReference: { projectId: PROJECT, datasetId, tableId },
            view,
            externalDataConfiguration,
        }),
        self: ({ datasetId, tableId }) =>
            `/bigquery/v2/projects/${PROJECT}/datasets/${datasetId}/tables/${tableId}`,
        change: "PUT",
    },
};

/** A cluster's configuration, of which the provider has other names than Google. */
function clusterOf(given: Thing): Thing {
    const { gceClusterConfig: gce, softwareConfig: software, masterConfig, workerConfig } = given;
    const { subnetwork, zone, ...machines } = gce;
    const { overrideProperties, ...image } = software;
    const group = ({ machineType, ...others }: Thing) => ({ machineTypeUri: machineType, ...others });
    return {
        configBucket: given.stagingBucket,
        tempBucket: given.tempBucket,
        gceClusterConfig: { ...machines, subnetworkUri: subnetwork, zoneUri: zone },
        masterConfig: group(masterConfig),
        workerConfig: group(workerConfig),
        softwareConfig: { ...image, properties: overrideProperties },
        endpointConfig: given.endpointConfig,
        lifecycleConfig: given.lifecycleConfig,
        autoscalingConfig: given.autoscalingConfig,
        encryptionConfig: given.encryptionConfig && { gcePdKmsKeyName: given.encryptionConfig.kmsKeyName },
    };
}
