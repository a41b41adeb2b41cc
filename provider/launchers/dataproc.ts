import { Google } from "../host/google.ts";
import { pysparkOf } from "../sdk/googleDriver.ts";
import type { DataprocLauncherConfig } from "../sdk/launcherConfig.ts";
import { activeRuns } from "./activeRuns.ts";
import { endScheduled } from "./endScheduled.ts";
import { type DriverService, GoogleLauncher, type RemoteDriver } from "./google.ts";
import { endingOf, labelsOf, requestIdOf } from "./googleRequest.ts";
import type { Submission } from "./launcher.ts";

/** Runs drivers as jobs of a Dataproc cluster. */
export function dataprocLauncher(config: DataprocLauncherConfig): GoogleLauncher {
    return new GoogleLauncher(config, new DataprocJobs(config));
}

/** The label that Dataproc gives to the jobs of a workflow. */
const WORKFLOW = "goog-dataproc-workflow-template-id";

interface Job {
    status?: { state: string; details?: string };
    driverOutputResourceUri?: string;
}

class DataprocJobs implements DriverService {
    private readonly config: DataprocLauncherConfig;
    private readonly google: Google;
    private readonly jobs: string;

    constructor(config: DataprocLauncherConfig) {
        this.config = config;
        this.google = new Google(config.endpoint);
        this.jobs = this.google.url(
            "dataproc",
            `/v1/projects/${config.project}/regions/${config.region}/jobs`,
        );
    }

    async submit(id: string, submission: Submission): Promise<void> {
        await this.google.post(`${this.jobs}:submit`, {
            requestId: requestIdOf(id),
            job: {
                reference: { projectId: this.config.project, jobId: id },
                placement: { clusterName: this.config.cluster },
                labels: labelsOf(this.config, submission),
                pysparkJob: {
                    ...pysparkOf(this.config.scripts, submission, submission.runId),
                    properties: submission.conf,
                },
            },
        });
    }

    async get(id: string): Promise<RemoteDriver> {
        const { status, driverOutputResourceUri } = await this.google.get<Job>(`${this.jobs}/${id}`);
        return {
            ending: endingOf(status?.state, status?.details),
            output: driverOutputResourceUri,
        };
    }

    async cancel(id: string): Promise<void> {
        await this.google.post(`${this.jobs}/${id}:cancel`);
    }

    async endScheduled(): Promise<void> {
        const { workflow, ...config } = this.config;
        if (!workflow) {
            return;
        }
        // A workflow ends when the first of its jobs does not succeed.
        await endScheduled(async () =>
            (await activeRuns(config))
                .filter(({ labels }) => labels[WORKFLOW] === workflow)
                .map(({ id }) => ({ name: id, cancel: () => this.cancel(id) })),
        );
    }

    page(id: string): string {
        const { project, region, endpoint } = this.config;
        return endpoint
            ? `${this.jobs}/${id}`
            : `https://console.cloud.google.com/dataproc/jobs/${id}?region=${region}&project=${project}`;
    }
}
