import { Google } from "../host/google.ts";
import { type DriverService, GoogleLauncher, type RemoteDriver } from "./google.ts";
import { endingOf, labelsOf, pysparkOf, requestIdOf } from "./googleRequest.ts";
import type { ServerlessLauncherConfig, Submission } from "./launcher.ts";

/** Runs drivers as Dataproc Serverless batches. */
export function serverlessLauncher(config: ServerlessLauncherConfig): GoogleLauncher {
    return new GoogleLauncher(config, new ServerlessBatches(config));
}

interface Batch {
    state?: string;
    stateMessage?: string;
    /** Name of the operation that makes it, and that ends it when it is cancelled. */
    operation?: string;
    runtimeInfo?: { outputUri?: string };
}

class ServerlessBatches implements DriverService {
    private readonly config: ServerlessLauncherConfig;
    private readonly google: Google;
    private readonly batches: string;

    constructor(config: ServerlessLauncherConfig) {
        this.config = config;
        this.google = new Google(config.endpoint);
        const { project, region } = config;
        this.batches = this.google.url("dataproc", `/v1/projects/${project}/locations/${region}/batches`);
    }

    async submit(id: string, submission: Submission): Promise<void> {
        const { runtime, image, serviceAccount, subnetwork, kmsKey } = this.config;
        await this.google.post(`${this.batches}?batchId=${id}&requestId=${requestIdOf(id)}`, {
            labels: labelsOf(this.config, submission),
            pysparkBatch: pysparkOf(this.config, submission),
            runtimeConfig: {
                version: runtime,
                ...(image && { containerImage: image }),
                properties: submission.conf,
            },
            environmentConfig: {
                executionConfig: { serviceAccount, subnetworkUri: subnetwork, ...(kmsKey && { kmsKey }) },
            },
        });
    }

    async get(id: string): Promise<RemoteDriver> {
        const { state, stateMessage, runtimeInfo } = await this.google.get<Batch>(`${this.batches}/${id}`);
        return { ending: endingOf(state, stateMessage, "SUCCEEDED"), output: runtimeInfo?.outputUri };
    }

    async cancel(id: string): Promise<void> {
        const { operation } = await this.google.get<Batch>(`${this.batches}/${id}`);
        await this.google.post(this.google.url("dataproc", `/v1/${operation}:cancel`));
    }

    async endScheduled(): Promise<void> {
        // The clock starts no batches.
    }

    page(id: string): string {
        const { project, region, endpoint } = this.config;
        return endpoint
            ? `${this.batches}/${id}`
            : `https://console.cloud.google.com/dataproc/batches/${region}/${id}?project=${project}`;
    }
}
