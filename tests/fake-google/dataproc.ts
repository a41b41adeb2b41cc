import { randomUUID } from "node:crypto";
import { type Asked, demand, demandLabels, Refusal } from "./answer.ts";
import { Driver, type Pyspark } from "./driver.ts";
import type { Storage } from "./storage.ts";

interface Cluster {
    clusterName?: string;
    config?: { configBucket?: string };
}

/** What Dataproc finds at others. */
interface There {
    clusters(): Cluster[];
    /** Whether there is an image in a repository of the stand-in's project. */
    hasImage(image: string): boolean;
}

/** A job or a batch: what both have in common. */
interface Work {
    requestId: string;
    state: string;
    details: string;
    labels: Record<string, string>;
    driver?: Driver;
    /** Of a job. */
    cluster?: string;
    /** As it was asked for. */
    asked: object;
    output: { bucket: string; prefix: string };
    operation: string;
}

const JOBS = /^\/v1\/projects\/([^/]+)\/regions\/([^/]+)\/jobs(?::submit|\/([^/:]+)(:cancel)?)?$/;
const BATCHES = /^\/v1\/projects\/([^/]+)\/locations\/([^/]+)\/batches(?:\/([^/:]+))?$/;
const OPERATIONS = /^\/v1\/(projects\/[^/]+\/regions\/[^/]+\/operations\/[^/:]+):cancel$/;

/** Dataproc's jobs and batches, which really run; what a cluster has beside them is not here. */
export class Dataproc {
    private readonly google: string;
    private readonly storage: Storage;
    private readonly there: There;
    private readonly jobs = new Map<string, Work>();
    private readonly batches = new Map<string, Work>();

    constructor(google: string, storage: Storage, there: There) {
        this.google = google;
        this.storage = storage;
        this.there = there;
    }

    /** The answer; `undefined` where the path is none of these. */
    async answer(asked: Asked): Promise<object | undefined> {
        const [, project = "", region = "", id, cancel] = JOBS.exec(asked.path) ?? [];
        if (project && asked.path.endsWith(":submit")) {
            return this.submitJob(asked, project, region);
        }
        if (project && id) {
            const job = found(this.jobs, id);
            return jobView(id, cancel ? cancelled(job) : job);
        }
        if (project) {
            const [cluster, active] = [asked.query.get("clusterName"), asked.query.get("jobStateMatcher")];
            const jobs = [...this.jobs].filter(
                ([, job]) =>
                    (!cluster || job.cluster === cluster) &&
                    (active !== "ACTIVE" || !["DONE", "ERROR", "CANCELLED"].includes(job.state)),
            );
            return { jobs: jobs.map(([name, job]) => jobView(name, job)) };
        }
        const [, owner = "", location = "", batch] = BATCHES.exec(asked.path) ?? [];
        if (owner && asked.method === "POST") {
            return this.createBatch(asked, owner, location);
        }
        if (owner) {
            return batch
                ? batchView(batch, found(this.batches, batch))
                : { batches: [...this.batches].map(([name, work]) => batchView(name, work)) };
        }
        const [, operation] = OPERATIONS.exec(asked.path) ?? [];
        const work = [...this.batches.values()].find((each) => each.operation === operation);
        return operation ? cancelled(work ?? missing(operation)) && {} : undefined;
    }

    stop(): void {
        for (const { driver } of [...this.jobs.values(), ...this.batches.values()]) {
            driver?.cancel();
        }
    }

    private async submitJob({ body }: Asked, project: string, region: string): Promise<object> {
        const { reference, placement, labels, pysparkJob } = body.job ?? {};
        demand({
            "job.reference.project_id": [reference?.projectId, new RegExp(`^${project}$`)],
            "job.reference.job_id": [reference?.jobId, /^[\w-]{1,100}$/],
            "job.placement.cluster_name": [placement?.clusterName, /./],
        });
        const cluster = this.there
            .clusters()
            .find(({ clusterName }) => clusterName === placement.clusterName);
        if (!cluster) {
            const name = `projects/${project}/regions/${region}/clusters/${placement.clusterName}`;
            throw new Refusal(404, `Not found: Cluster ${name}`);
        }
        const id: string = reference.jobId;
        const job = this.accept(this.jobs, id, `${body.requestId}`, labels, body.job, project, region);
        job.cluster = placement.clusterName;
        job.output.bucket = cluster.config?.configBucket ?? job.output.bucket;
        await this.start(job, pysparkJob, pysparkJob.properties);
        return jobView(id, job);
    }

    private async createBatch({ body, query }: Asked, project: string, region: string): Promise<object> {
        const id = query.get("batchId") ?? "";
        const { subnetworkUri, serviceAccount } = body.environmentConfig?.executionConfig ?? {};
        demand({
            batchId: [id, /^[a-z0-9][a-z0-9-]{2,61}[a-z0-9]$/],
            "runtimeConfig.version": [body.runtimeConfig?.version, /^\d+\.\d+$/],
            subnetworkUri: [subnetworkUri, /./],
            serviceAccount: [serviceAccount, /@/],
        });
        demandBatchSize(body.runtimeConfig.properties ?? {});
        const image: string = body.runtimeConfig.containerImage ?? "";
        if (image.includes(`/${project}/`) && !this.there.hasImage(image)) {
            throw new Refusal(400, `Container image ${image} was not found`);
        }
        const request = query.get("requestId") ?? "";
        const batch = this.accept(this.batches, id, request, body.labels, body, project, region);
        await this.start(batch, body.pysparkBatch, body.runtimeConfig.properties);
        return { name: batch.operation, metadata: { batch: id } };
    }

    /** Takes a piece of work in, or finds the one that the same request has made. */
    private accept(
        works: Map<string, Work>,
        id: string,
        requestId: string,
        labels: Record<string, string>,
        asked: object,
        project: string,
        region: string,
    ): Work {
        demand({ requestId: [requestId, /^[\w-]{1,40}$/] });
        demandLabels(labels);
        const there = works.get(id);
        if (there && there.requestId !== requestId) {
            throw new Refusal(409, `Already exists: ${id}`);
        }
        const bucket = `dataproc-staging-${region}-${project}`;
        const work: Work = there ?? {
            requestId,
            state: "PENDING",
            details: "",
            labels,
            asked,
            output: { bucket, prefix: `google-cloud-dataproc-metainfo/jobs/${id}/driveroutput` },
            operation: `projects/${project}/regions/${region}/operations/${randomUUID()}`,
        };
        works.set(id, work);
        return work;
    }

    private async start(work: Work, application: Pyspark, properties: Record<string, string>): Promise<void> {
        if (work.state !== "PENDING") {
            return;
        }
        demand({ main_python_file_uri: [application?.mainPythonFileUri, /^gs:\/\/.+\.py$/] });
        work.state = "RUNNING";
        await this.storage.makeBucket(work.output.bucket);
        work.driver = await Driver.start(this.google, this.storage, application, properties, work.output);
        void work.driver.ended.then((ending) => {
            work.state = ending.cancelled ? "CANCELLED" : ending.code === 0 ? "DONE" : "ERROR";
            work.details = work.state === "ERROR" ? `Job failed with message [exit code ${ending.code}]` : "";
        });
    }
}

/** The rules of dataproc-serverless/docs/concepts/properties. @throws {Refusal} for a size that there is not */
function demandBatchSize(properties: Record<string, string>): void {
    const { "spark.driver.cores": cores = "4", "spark.driver.memory": heap = "9600m" } = properties;
    const { "spark.executor.cores": executorCores = "4", "spark.executor.instances": executors = "2" } =
        properties;
    demand({
        "spark.driver.cores": [cores, /^(4|8|16)$/],
        "spark.executor.cores": [executorCores, /^(4|8|16)$/],
        "spark.executor.instances": [executors, /^([2-9]|[1-9]\d{1,2}|1\d{3}|2000)$/],
        "spark.driver.memory": [heap, /^\d+[mg]$/],
    });
    const mib = Number.parseInt(heap, 10) * (heap.endsWith("g") ? 1024 : 1) * 1.4;
    if (mib < Number(cores) * 1024 || mib > Number(cores) * 7424) {
        throw new Refusal(
            400,
            `spark.driver.memory is ${heap}: with overhead, each of the ${cores} cores has to have 1024m to 7424m`,
        );
    }
}

function found(works: Map<string, Work>, id: string): Work {
    return works.get(id) ?? missing(id);
}

function missing(what: string): never {
    throw new Refusal(404, `Not found: ${what}`);
}

function cancelled(work: Work): Work {
    if (!["RUNNING", "CANCEL_PENDING"].includes(work.state)) {
        throw new Refusal(400, `Cannot cancel: it is ${work.state}`);
    }
    work.state = "CANCEL_PENDING";
    work.driver?.cancel();
    return work;
}

function outputOf({ output }: Work): string {
    return `gs://${output.bucket}/${output.prefix}`;
}

function jobView(id: string, work: Work): object {
    return {
        ...work.asked,
        reference: { jobId: id },
        status: { state: work.state, details: work.details },
        driverOutputResourceUri: outputOf(work),
    };
}

const BATCH_STATES: Record<string, string> = {
    DONE: "SUCCEEDED",
    ERROR: "FAILED",
    CANCEL_PENDING: "CANCELLING",
};

function batchView(id: string, work: Work): object {
    return {
        ...work.asked,
        name: id,
        state: BATCH_STATES[work.state] ?? work.state,
        stateMessage: work.details,
        operation: work.operation,
        runtimeInfo: { outputUri: outputOf(work) },
    };
}
