import { posix } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Google } from "../host/google.ts";
import type { Change, Context, ResourceKind } from "../rpc/kind.ts";
import { changedKeys, hasUnknown } from "../rpc/values.ts";

export interface ImageBuildInputs {
    project: string;
    region: string;
    repository: string;
    files: string;
    dockerfile: string;
    serviceAccount: string;
    endpoint: string;
}

export interface ImageBuildOutputs {
    image: string;
}

/** The parts of Cloud Build's answer that are used here. */
interface Build {
    id: string;
    status: string;
    statusDetail?: string;
    logUrl?: string;
}

/** Name of the image in its repository. */
const NAME = "spark";
/** Interval between two requests to Google, in milliseconds. */
const PERIOD = 2_000;
/** Time limit of a build, in Cloud Build's notation. */
const TIMEOUT = "1800s";

/**
 * An image in Artifact Registry. Its version is the digest of its files. If that version exists, nothing is built. The image is
 * deleted with its repository, which also removes old versions; a running batch may still need them.
 */
export const imageBuild: ResourceKind<ImageBuildInputs, ImageBuildOutputs> = {
    outputs: ["image"],
    check: () => [],

    async diff({ oldInputs, inputs }) {
        const properties = changedKeys(oldInputs, inputs);
        return properties.length > 0 ? { properties } : undefined;
    },

    async planned(inputs) {
        return hasUnknown([inputs.files, inputs.repository]) ? {} : { image: imageOf(inputs) };
    },

    async create(inputs, context) {
        return { id: imageOf(inputs), outputs: await build(inputs, context) };
    },

    async read(_id, outputs, inputs) {
        return (await isThere(inputs)) ? outputs : undefined;
    },

    update: ({ inputs }: Change<ImageBuildInputs, ImageBuildOutputs>, context) => build(inputs, context),
    delete: async () => undefined,
};

function imageOf({ project, region, repository, files }: ImageBuildInputs): string {
    return `${region}-docker.pkg.dev/${project}/${repository}/${NAME}:${posix.basename(files)}`;
}

async function isThere({ project, region, repository, files, endpoint }: ImageBuildInputs): Promise<boolean> {
    const google = new Google(endpoint);
    const tag = `repositories/${repository}/packages/${NAME}/tags/${posix.basename(files)}`;
    const url = google.url("artifactregistry", `/v1/projects/${project}/locations/${region}/${tag}`);
    return (await google.find(url)) !== undefined;
}

async function build(inputs: ImageBuildInputs, { signal, progress }: Context): Promise<ImageBuildOutputs> {
    const { project, region, endpoint } = inputs;
    const image = imageOf(inputs);
    if (await isThere(inputs)) {
        return { image };
    }
    const google = new Google(endpoint);
    const builds = google.url("cloudbuild", `/v1/projects/${project}/locations/${region}/builds`);
    const { metadata } = await google.post<{ metadata: { build: Build } }>(builds, requestFor(inputs, image));
    const one = `${builds}/${metadata.build.id}`;
    for (;;) {
        const { status, statusDetail = "", logUrl = one } = await google.get<Build>(one);
        if (status === "SUCCESS") {
            return { image };
        }
        if (!["PENDING", "QUEUED", "WORKING"].includes(status)) {
            const why = statusDetail && `: ${statusDetail}`;
            throw new Error(
                `Cloud Build could not build the image of Serverless batches, it says ${status}${why}. Its log: ${logUrl}`,
            );
        }
        progress(`Cloud Build says ${status}`);
        await sleep(PERIOD, undefined, { signal }).catch(async () => {
            // A build that nobody waits for would only cost money.
            await google.post(`${one}:cancel`).catch(() => undefined);
            signal.throwIfAborted();
        });
    }
}

function requestFor({ project, files, dockerfile, serviceAccount }: ImageBuildInputs, image: string): object {
    return {
        steps: [
            { name: "gcr.io/cloud-builders/gsutil", args: ["-m", "rsync", "-r", files, "."] },
            {
                name: "gcr.io/cloud-builders/docker",
                args: ["build", "--file", dockerfile, "--tag", image, "."],
            },
        ],
        images: [image],
        timeout: TIMEOUT,
        serviceAccount: `projects/${project}/serviceAccounts/${serviceAccount}`,
        // Cloud Build requires this with an account of the user's own, because there is no bucket for logs.
        options: { logging: "CLOUD_LOGGING_ONLY" },
    };
}
