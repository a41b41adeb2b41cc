import { randomUUID } from "node:crypto";
import { type Asked, demand, demandKnown, Refusal } from "./answer.ts";
import type { Storage } from "./storage.ts";

interface Build {
    id: string;
    status: string;
    statusDetail?: string;
    images: string[];
    /** What becomes of it, found out when it is asked for. */
    ending?: string;
}

interface Step {
    name: string;
    args: string[];
}

const BUILDS = /^\/v1\/projects\/([^/]+)\/locations\/([^/]+)\/builds(?:\/([^/:]+)(:cancel)?)?$/;
const TAG =
    /^\/v1\/(projects\/([^/]+)\/locations\/([^/]+)\/repositories\/([^/]+))\/packages\/([^/]+)\/tags\/([^/]+)$/;
const IMAGE = /^([a-z0-9-]+)-docker\.pkg\.dev\/([^/]+)\/([^/]+)\/([^/:]+):([\w.-]+)$/;
const KNOWN = ["steps", "images", "timeout", "serviceAccount", "options", "source", "tags", "substitutions"];

/** Cloud Build, which looks at what it is to build an image of and builds none, and the tags of Artifact Registry. */
export class Builds {
    private readonly storage: Storage;
    private readonly exists: (name: string) => boolean;
    private readonly kept = new Map<string, Build>();
    /** Images that have been pushed. */
    private readonly pushed = new Set<string>();

    /** @param exists whether there is a thing by its name, without the interface's version */
    constructor(storage: Storage, exists: (name: string) => boolean) {
        this.storage = storage;
        this.exists = exists;
    }

    /** The answer; `undefined` where the path is none of these. */
    async answer({ method, path, body }: Asked): Promise<object | undefined> {
        const [, repository, project, region, id, name, tag] = TAG.exec(path) ?? [];
        if (repository) {
            const image = `${region}-docker.pkg.dev/${project}/${id}/${name}:${tag}`;
            if (!this.hasImage(image)) {
                throw new Refusal(404, `Requested entity was not found: ${path}`);
            }
            return {
                name: path.replace("/v1/", ""),
                version: `${repository}/packages/${name}/versions/sha256:0`,
            };
        }
        const [match, owner = "", , build, cancel] = BUILDS.exec(path) ?? [];
        if (!match) {
            return undefined;
        }
        if (!build && method === "POST") {
            return this.start(owner, body);
        }
        if (!build) {
            return { builds: [...this.kept.values()] };
        }
        const found = this.kept.get(build);
        if (!found) {
            throw new Refusal(404, `Requested entity was not found: ${build}`);
        }
        return cancel ? Object.assign(found, { status: "CANCELLED" }) : this.look(found);
    }

    /** Whether a batch can be started with an image; those of repositories that are not kept here are the user's own. */
    hasImage(image: string): boolean {
        const [, region, project, repository] = IMAGE.exec(image) ?? [];
        return (
            this.pushed.has(image) &&
            this.exists(`projects/${project}/locations/${region}/repositories/${repository}`)
        );
    }

    private async start(project: string, body: Asked["body"]): Promise<object> {
        demandKnown(body, KNOWN);
        demand({
            timeout: [body.timeout, /^\d+s$/],
            service_account: [body.serviceAccount, /^projects\/[^/]+\/serviceAccounts\/\S+@\S+$/],
        });
        if (!["CLOUD_LOGGING_ONLY", "NONE"].includes(body.options?.logging)) {
            throw new Refusal(
                400,
                "if 'build.service_account' is specified, the build must use a bucket for its logs, or CLOUD_LOGGING_ONLY",
            );
        }
        if (!Array.isArray(body.steps) || body.steps.length === 0) {
            throw new Refusal(400, "invalid build: no steps are defined");
        }
        for (const step of body.steps) {
            demandKnown(step, ["name", "args", "env", "dir", "id", "entrypoint", "waitFor"]);
            demand({ "build.steps.name": [step.name, /./] });
        }
        const build: Build = { ...body, id: randomUUID(), status: "QUEUED" };
        build.ending = await this.endingOf(body);
        this.kept.set(build.id, build);
        const name = `operations/build/${project}/${build.id}`;
        return { name, metadata: { build: viewOf(build) } };
    }

    /** The first look finds it under way. */
    private look(build: Build): object {
        if (build.status === "QUEUED") {
            build.status = "WORKING";
        } else if (build.status === "WORKING" && build.ending) {
            build.status = "FAILURE";
            build.statusDetail = build.ending;
        } else if (build.status === "WORKING") {
            build.status = "SUCCESS";
            for (const image of build.images) {
                this.pushed.add(image);
            }
        }
        return viewOf(build);
    }

    /** Why a build comes to nothing; "" for one that is pushed. */
    private async endingOf({ steps, images = [], serviceAccount }: Asked["body"]): Promise<string> {
        if (!this.exists(serviceAccount)) {
            return `service account ${serviceAccount} was not found`;
        }
        let there: string[] = [];
        let built: string | undefined;
        for (const { name, args } of steps as Step[]) {
            if (name.endsWith("/gsutil")) {
                there = await this.objects(args.at(-2) as string);
            } else {
                const dockerfile = args[args.indexOf("--file") + 1] as string;
                if (!there.includes(dockerfile)) {
                    return `unable to prepare context: ${dockerfile}: no such file or directory`;
                }
                built = args[args.indexOf("--tag") + 1];
            }
        }
        for (const image of images as string[]) {
            const [, region, project, repository] = IMAGE.exec(image) ?? [];
            const name = `projects/${project}/locations/${region}/repositories/${repository}`;
            if (image !== built || !this.exists(name)) {
                return `failed to push ${image}: Repository "${repository}" not found, or no such image`;
            }
        }
        return "";
    }

    private async objects(folder: string): Promise<string[]> {
        const { host, pathname } = new URL(folder);
        const prefix = `${pathname.slice(1)}/`;
        const names = await this.storage.objects(host);
        return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
    }
}

function viewOf({ ending, ...build }: Build): object {
    return { ...build, logUrl: `https://console.cloud.google.com/cloud-build/builds/${build.id}` };
}
