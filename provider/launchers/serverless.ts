import { Google } from "../host/google.ts";
import { batchOf, SCHEDULE_LABEL } from "../sdk/googleDriver.ts";
import type { ServerlessLauncherConfig } from "../sdk/launcherConfig.ts";
import { activeRuns } from "./activeRuns.ts";
import { endScheduled, type UnderWay } from "./endScheduled.ts";
import { type DriverService, GoogleLauncher, type RemoteDriver } from "./google.ts";
import { endingOf, labelsOf, requestIdOf } from "./googleRequest.ts";
import type { Submission } from "./launcher.ts";

/** Runs drivers as Dataproc Serverless batches. */
export function serverlessLauncher(config: ServerlessLauncherConfig): GoogleLauncher {
    return new GoogleLauncher(config, new ServerlessBatches(config));
}

interface Batch {
    state?: string;
    stateMessage?: string;
    /** Name of the operation that creates the batch; its cancellation ends the batch. */
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
        await this.google.post(
            `${this.batches}?batchId=${id}&requestId=${requestIdOf(id)}`,
            batchOf(this.config, submission, submission.runId, labelsOf(this.config, submission)),
        );
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
        const { workflow, ...config } = this.config;
        if (!workflow) {
            return;
        }
        await endScheduled(async () => {
            // The workflow first, because it would submit further batches.
            const executions = await this.executions(workflow);
            const batches = (await activeRuns({ ...config, cluster: "" }))
                .filter(({ labels }) => labels[SCHEDULE_LABEL] === workflow)
                .map(({ id }) => ({ name: id, cancel: () => this.cancel(id) }));
            return [...executions, ...batches];
        });
    }

    /** Returns the executions of a workflow that have not ended; none before the workflow exists. */
    private async executions(workflow: string): Promise<UnderWay[]> {
        const { project, region } = this.config;
        const parent = `/v1/projects/${project}/locations/${region}/workflows/${workflow}/executions`;
        const active = encodeURIComponent('state="ACTIVE" OR state="QUEUED"');
        const found = await this.google.find<{ executions?: { name: string }[] }>(
            this.google.url("workflowexecutions", `${parent}?filter=${active}`),
        );
        return (found?.executions ?? []).map(({ name }) => ({
            name,
            cancel: () => this.google.post(this.google.url("workflowexecutions", `/v1/${name}:cancel`)),
        }));
    }

    page(id: string): string {
        const { project, region, endpoint } = this.config;
        return endpoint
            ? `${this.batches}/${id}`
            : `https://console.cloud.google.com/dataproc/batches/${region}/${id}?project=${project}`;
    }
}
