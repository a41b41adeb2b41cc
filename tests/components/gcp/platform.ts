import { ENDPOINT } from "../../../config/gcp.ts";
import { settingsWith } from "../../config/settings.ts";
import { record, settled } from "../recorder.ts";

/** The outputs that Google's provider computes and the components use. */
export const recorded = record(({ type, name, inputs }) => {
    switch (type) {
        case "gcp:storage/bucket:Bucket":
            return { timeCreated: "2026-01-01T00:00:00Z" };
        case "gcp:serviceaccount/account:Account": {
            const email = `${inputs.accountId}@my-project-123.iam.gserviceaccount.com`;
            return { email, member: `serviceAccount:${email}`, name: `projects/-/serviceAccounts/${email}` };
        }
        case "gcp:firestore/database:Database":
            return { uid: "uid-1" };
        case "gcp:firestore/userCreds:UserCreds":
            return {
                securePassword: "Winter/Garden=7",
                resourceIdentities: [{ principal: `principal://firestore.googleapis.com/${inputs.name}` }],
            };
        case "gcp:workbench/instance:Instance":
            return { proxyUri: "abc-dot-europe-west2.notebooks.googleusercontent.com" };
        case "gcp:dataproc/cluster:Cluster":
            return {
                clusterConfig: {
                    ...inputs.clusterConfig,
                    endpointConfig: { httpPorts: { JupyterLab: "https://jupyter.example/" } },
                },
            };
        case "gcp:projects/serviceIdentity:ServiceIdentity": {
            const email = `service-1@gcp-sa-${inputs.service.split(".")[0]}.iam.gserviceaccount.com`;
            return { email, member: `serviceAccount:${email}` };
        }
        case "gcp:projects/iAMCustomRole:IAMCustomRole":
            return { name: `projects/my-project-123/roles/${inputs.roleId}` };
        case "london-power:google:ImageBuild":
            return {
                image: `${inputs.region}-docker.pkg.dev/${inputs.project}/${inputs.repository}/spark:1`,
            };
        case "london-power:google:BucketFiles":
            return { uri: `gs://${inputs.bucket}/${inputs.folder}` };
        default:
            return { name: inputs.name ?? name };
    }
});
// Keeps the platform from looking for credentials of this machine.
process.env[ENDPOINT] = "http://127.0.0.1:4443";
const { GooglePlatform } = await import("../../../components/gcp/index.ts");
const { pipeline } = await import("../../../jobs/pipeline.ts");

const PLACE = {
    "gcp:project": "my-project-123",
    "gcp:region": "europe-west2",
};

/** Makes the platform and its jobs with some keys changed; what was recorded of it. */
export async function deploy(changes: Record<string, string> = {}, secrets: string[] = []) {
    recorded.length = 0;
    const settings = settingsWith("gcp", { ...PLACE, ...changes }, secrets);
    const platform = new GooglePlatform("gcp", settings);
    platform.run(
        "pipeline",
        pipeline(platform, { ...settings, readings: ["tests/components/readings.csv"], prices: [] }),
    );
    await settled();
    return { platform, recorded };
}

/** The settings alone, for what is refused before anything is made. */
export function settingsOf(changes: Record<string, string> = {}, secrets: string[] = []) {
    return settingsWith("gcp", { ...PLACE, ...changes }, secrets);
}

/** The inputs of the resources of a type, by name. */
// biome-ignore lint/suspicious/noExplicitAny: the tests look into whatever the program gave.
export function inputsOf(type: string): Record<string, any> {
    return Object.fromEntries(
        recorded.filter((resource) => resource.type === type).map(({ name, inputs }) => [name, inputs]),
    );
}

/** How many resources there are of each type. */
export function inventory(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { type } of recorded) {
        counts[type] = (counts[type] ?? 0) + 1;
    }
    return counts;
}
