import { Google } from "../host/google.ts";

/** The place where a stack's runs are found. */
export interface RunsPlace {
    project: string;
    region: string;
    /** Name of the cluster, to find its jobs; "" to find the batches of the stack. */
    cluster: string;
    stack: string;
    /** Base URL of a server in place of Google's; "" for Google's own. */
    endpoint: string;
}

/** A job or a batch that has not ended. */
export interface ActiveRun {
    id: string;
    labels: Record<string, string>;
}

interface Page {
    jobs?: { reference: { jobId: string }; labels?: Record<string, string> }[];
    batches?: { name: string; state: string; labels?: Record<string, string> }[];
    nextPageToken?: string;
}

/** Returns all jobs of the cluster, or batches of the stack, that have not ended, whoever started them. */
export async function activeRuns(place: RunsPlace): Promise<ActiveRun[]> {
    const { project, region, cluster, stack, endpoint } = place;
    const google = new Google(endpoint);
    const path = cluster
        ? `regions/${region}/jobs?clusterName=${cluster}&jobStateMatcher=ACTIVE&`
        : `locations/${region}/batches?`;
    const found: ActiveRun[] = [];
    let token = "";
    do {
        const page = await google.get<Page>(
            google.url("dataproc", `/v1/projects/${project}/${path}pageToken=${encodeURIComponent(token)}`),
        );
        for (const { reference, labels = {} } of page.jobs ?? []) {
            found.push({ id: reference.jobId, labels });
        }
        for (const { name, state, labels = {} } of page.batches ?? []) {
            if (labels.stack === stack && ["PENDING", "RUNNING", "CANCELLING"].includes(state)) {
                found.push({ id: name.split("/").at(-1) as string, labels });
            }
        }
        token = page.nextPageToken ?? "";
    } while (token);
    return found;
}
