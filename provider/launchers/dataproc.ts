import { Google } from "../host/google.ts";
import { type DriverService, GoogleLauncher, type RemoteDriver } from "./google.ts";
import { endingOf, labelsOf, propertiesOf, pysparkOf, requestIdOf } from "./googleRequest.ts";
import type { DataprocLauncherConfig, Submission } from "./launcher.ts";

/** Runs drivers as jobs of a Dataproc cluster. */
export function dataprocLauncher(config: DataprocLauncherConfig): GoogleLauncher {
    return new GoogleLauncher(config, new DataprocJobs(config));
}

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
                    ...pysparkOf(this.config, submission),
                    properties: propertiesOf(this.config, submission),
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

    page(id: string): string {
        const { project, region, endpoint } = this.config;
        return endpoint
            ? `${this.jobs}/${id}`
            : `https://console.cloud.google.com/dataproc/jobs/${id}?region=${region}&project=${project}`;
    }
}
