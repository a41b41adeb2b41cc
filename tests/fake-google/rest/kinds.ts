import { createHash } from "node:crypto";

// biome-ignore lint/suspicious/noExplicitAny: whatever was asked for.
export type Thing = Record<string, any>;

/** The rules of a collection, by Google's discovery documents as far as this project asks for it. */
export interface Collection {
    /** `{}` stands for a part of any name. */
    path: string;
    /** What a name has to be. */
    id: RegExp;
    /** The parameter of the request that names it; else a field of the body. */
    query?: string;
    /** Default: `name`. */
    idField?: string;
    /** The field of the request that holds the thing itself. */
    unwrap?: string;
    known: string[];
    required: string[];
    /** Fields that cannot be changed. */
    fixed?: string[];
    /** How it is made and changed: at once, by an operation of Compute Engine's, or by a long-running one. */
    operation?: "compute" | "long";
    /** The field that a list has its things in. Default: the collection's own name. */
    list?: string;
    /** The last part of its path, where that is not its id. */
    nameOf?(id: string, collection: string): string;
    /** True where it cannot go while there is something in it. */
    notWhileFull?: boolean;
    /** What Google adds. */
    made(given: Thing, at: { path: string; id: string; collection: string }): Thing;
}

const RFC1035 = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
export const V1 = "/v1/projects/{}";
const COMPUTE = "/compute/v1/projects/{}";
const BIGQUERY = "/bigquery/v2/projects/{}/datasets";

function compute(path: string, known: string[], required: string[], defaults: Thing = {}): Collection {
    return {
        path: `${COMPUTE}/${path}`,
        id: RFC1035,
        operation: "compute",
        list: "items",
        required,
        known: ["name", "description", ...known],
        made: (_given, at) => ({
            id: numberOf(at.path),
            creationTimestamp: NOW,
            selfLink: at.path,
            ...defaults,
        }),
    };
}

export const NOW = "2026-01-01T00:00:00.000Z";

export const COLLECTIONS: Collection[] = [
    compute("global/networks", ["autoCreateSubnetworks", "routingConfig", "mtu"], [], { mtu: 1460 }),
    {
        ...compute(
            "regions/{}/subnetworks",
            [
                "network",
                "ipCidrRange",
                "privateIpGoogleAccess",
                "region",
                "purpose",
                "stackType",
                "fingerprint",
            ],
            ["network", "ipCidrRange"],
            { purpose: "PRIVATE", stackType: "IPV4_ONLY", fingerprint: "AAAA" },
        ),
        fixed: ["network", "ipCidrRange"],
    },
    compute("regions/{}/routers", ["network", "region", "nats", "bgp"], ["network"]),
    compute(
        "global/firewalls",
        [
            "network",
            "direction",
            "allowed",
            "denied",
            "priority",
            "sourceTags",
            "targetTags",
            "sourceRanges",
            "destinationRanges",
            "disabled",
            "logConfig",
        ],
        ["network"],
        { priority: 1000, disabled: false },
    ),
    {
        path: `${V1}/serviceAccounts`,
        id: /^[a-z]([-a-z0-9]{4,28}[a-z0-9])$/,
        idField: "accountId",
        unwrap: "serviceAccount",
        known: ["displayName", "description"],
        required: [],
        list: "accounts",
        nameOf: (id, collection) => emailOf(id, collection),
        made: (_given, { path, id, collection }) => {
            const email = emailOf(id, collection);
            return {
                name: path.replace("/v1/", ""),
                email,
                projectId: collection.split("/")[3],
                uniqueId: numberOf(email),
                oauth2ClientId: numberOf(email),
                etag: "MDEwMjE5MjA=",
            };
        },
    },
    {
        path: `${V1}/roles`,
        id: /^[\w.]{3,64}$/,
        idField: "roleId",
        unwrap: "role",
        known: ["title", "description", "includedPermissions", "stage", "etag"],
        required: ["includedPermissions"],
        made: (_given, { path }) => ({ name: path.replace("/v1/", ""), stage: "GA", etag: "BwX" }),
    },
    {
        path: `${V1}/databases`,
        id: /^[a-z]([a-z0-9-]{2,61}[a-z0-9])$/,
        query: "databaseId",
        operation: "long",
        known: [
            "locationId",
            "type",
            "databaseEdition",
            "deleteProtectionState",
            "concurrencyMode",
            "cmekConfig",
            "mongodbCompatibleDataAccessMode",
        ],
        required: ["locationId", "type"],
        fixed: ["locationId", "databaseEdition"],
        made: (_given, { path }) => ({
            name: path.replace("/v1/", ""),
            uid: digestOf(path).slice(0, 32),
            createTime: NOW,
            etag: "IIr",
            concurrencyMode: "OPTIMISTIC",
        }),
    },
    {
        path: `${V1}/databases/{}/userCreds`,
        id: /^[a-z][a-z0-9-]{2,62}$/,
        query: "userCredsId",
        known: [],
        required: [],
        made: (_given, { path, id, collection }) => ({
            name: path.replace("/v1/", ""),
            state: "ENABLED",
            createTime: NOW,
            securePassword: digestOf(path),
            resourceIdentity: {
                principal: `principal://firestore.googleapis.com/${collection.split("/")[5]}/${id}`,
            },
        }),
    },
    {
        path: `${V1}/regions/{}/clusters`,
        id: /^[a-z]([-a-z0-9]{0,52}[a-z0-9])?$/,
        idField: "clusterName",
        operation: "long",
        known: ["clusterName", "projectId", "config", "labels"],
        required: [
            "projectId",
            "config.gceClusterConfig.serviceAccount",
            "config.softwareConfig.imageVersion",
        ],
        made: (given, { path }) => ({
            clusterUuid: digestOf(path).slice(0, 36),
            status: { state: "RUNNING", stateStartTime: NOW },
            config: {
                ...given.config,
                endpointConfig: { ...given.config.endpointConfig, httpPorts: pagesOf(path) },
            },
        }),
    },
    {
        path: `${V1}/regions/{}/autoscalingPolicies`,
        id: /^[\w-]{3,50}$/,
        idField: "id",
        list: "policies",
        known: ["id", "workerConfig", "basicAlgorithm", "labels"],
        required: ["workerConfig.maxInstances"],
        made: (_given, { path }) => ({ name: path.replace("/v1/", "") }),
    },
    {
        path: "/v2/projects/{}/locations/{}/instances",
        id: RFC1035,
        query: "instanceId",
        operation: "long",
        known: ["gceSetup", "labels", "instanceOwners", "enableDeletionProtection"],
        required: ["gceSetup.machineType"],
        made: (_given, { path }) => ({
            name: path.replace("/v2/", ""),
            state: "ACTIVE",
            createTime: NOW,
            proxyUri: `${digestOf(path).slice(0, 16)}-dot-europe-west2.notebooks.googleusercontent.com`,
        }),
    },
    {
        path: `${V1}/locations/{}/repositories`,
        id: /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
        query: "repositoryId",
        operation: "long",
        known: ["format", "mode", "description", "labels", "kmsKeyName", "cleanupPolicies", "dockerConfig"],
        required: ["format"],
        fixed: ["format", "kmsKeyName"],
        made: (_given, { path }) => ({ name: path.replace("/v1/", ""), createTime: NOW }),
    },
    {
        path: BIGQUERY,
        id: /^\w{1,1024}$/,
        idField: "datasetReference.datasetId",
        known: [
            "datasetReference",
            "location",
            "description",
            "labels",
            "defaultEncryptionConfiguration",
            "access",
            "friendlyName",
            "storageBillingModel",
            "maxTimeTravelHours",
            "etag",
        ],
        required: [],
        fixed: ["location"],
        notWhileFull: true,
        made: (given, { path }) => ({
            kind: "bigquery#dataset",
            selfLink: path,
            etag: digestOf(path),
            location: given.location ?? "US",
            access: given.access ?? [
                { role: "WRITER", specialGroup: "projectWriters" },
                { role: "OWNER", specialGroup: "projectOwners" },
                { role: "READER", specialGroup: "projectReaders" },
            ],
        }),
    },
    {
        path: `${BIGQUERY}/{}/tables`,
        id: /^\w{1,1024}$/,
        idField: "tableReference.tableId",
        known: ["tableReference", "schema", "view", "externalDataConfiguration", "labels", "description"],
        required: [],
        made: (given, { path }) => ({
            kind: "bigquery#table",
            selfLink: path,
            type: given.view ? "VIEW" : "EXTERNAL",
        }),
    },
];

function emailOf(id: string, collection: string): string {
    return `${id}@${collection.split("/")[3]}.iam.gserviceaccount.com`;
}

function pagesOf(path: string): Thing {
    const page = (title: string) => [
        title,
        `https://${digestOf(path + title).slice(0, 10)}-dot-europe-west2.example/`,
    ];
    return Object.fromEntries(["JupyterLab", "Spark History Server"].map(page));
}

function digestOf(text: string): string {
    return createHash("sha256").update(text).digest("hex");
}

function numberOf(text: string): string {
    return `${Number.parseInt(digestOf(text).slice(0, 12), 16)}`;
}
