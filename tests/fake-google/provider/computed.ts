import { createHash } from "node:crypto";

/** The project of the stories. */
export const PROJECT = "london-power-test";

// biome-ignore lint/suspicious/noExplicitAny: whatever the program gave.
export type Inputs = Record<string, any>;

/** Outputs that are no inputs, of all types. */
export const COMPUTED = [
    ...["name", "timeCreated", "selfLink", "email", "member", "uid", "securePassword", "proxyUri"],
    ...["resourceIdentities", "clusterConfig"],
] as const;

/** The id of a resource, and outputs that Google would make up, as far as the program reads them. */
export function computed(type: string, inputs: Inputs, logical: string): { id: string; outputs: Inputs } {
    const name: string = inputs.name ?? `${logical}-${digestOf(logical).slice(0, 7)}`;
    const place = inputs.region ? `regions/${inputs.region}` : "global";
    const path = (collection: string, id = name) => `projects/${PROJECT}/${collection}/${id}`;
    switch (type) {
        case "storage/bucket":
            return {
                id: name,
                outputs: { name, selfLink: `https://www.googleapis.com/storage/v1/b/${name}` },
            };
        case "compute/network":
            return { id: path("global/networks"), outputs: { name } };
        case "compute/subnetwork":
            return { id: path(`${place}/subnetworks`), outputs: { name } };
        case "serviceaccount/account": {
            const email = `${inputs.accountId}@${PROJECT}.iam.gserviceaccount.com`;
            const id = path("serviceAccounts", email);
            return { id, outputs: { name: id, email, member: `serviceAccount:${email}` } };
        }
        case "secretmanager/secret":
            return {
                id: path("secrets", inputs.secretId),
                outputs: { name: path("secrets", inputs.secretId) },
            };
        case "secretmanager/secretVersion":
            return {
                id: `${inputs.secret}/versions/${digestOf(`${inputs.secretData}`).slice(0, 8)}`,
                outputs: {},
            };
        case "firestore/database":
            return { id: path("databases"), outputs: { name, uid: digestOf(name).slice(0, 32) } };
        case "firestore/userCreds": {
            const principal = `principal://firestore.googleapis.com/${inputs.database}/${name}`;
            const outputs = { securePassword: digestOf(principal), resourceIdentities: [{ principal }] };
            return { id: `${inputs.database}/${name}`, outputs: { name, ...outputs } };
        }
        case "dataproc/cluster": {
            const page = (title: string) => [
                title,
                `https://${digestOf(title).slice(0, 10)}-dot-${inputs.region}.example/`,
            ];
            const httpPorts = Object.fromEntries(["JupyterLab", "Spark History Server"].map(page));
            const clusterConfig = { ...inputs.clusterConfig, endpointConfig: { httpPorts } };
            return { id: path(`${place}/clusters`), outputs: { name, clusterConfig } };
        }
        case "workbench/instance":
            return {
                id: path(`locations/${inputs.location}/instances`),
                outputs: { name, proxyUri: "notebook.example" },
            };
        default:
            return { id: `${logical}/${name}`, outputs: { name } };
    }
}

function digestOf(text: string): string {
    return createHash("sha256").update(text).digest("hex");
}
