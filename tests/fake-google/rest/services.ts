import { type Asked, demand } from "../answer.ts";
import type { Operations } from "./operations.ts";

/** The number of every project here. */
const NUMBER = "123456789012";
const NAME = /^[a-z]+\.googleapis\.com$/;

/** Projects, and the interfaces that are enabled in them. */
export class Services {
    private readonly enabled = new Map<string, Set<string>>();
    private readonly operations: Operations;

    constructor(operations: Operations) {
        this.operations = operations;
    }

    /** The answer; `undefined` where the path is none of these. */
    answer({ method, path, body }: Asked): object | undefined {
        const [, project = "", verb] =
            /^\/v1\/projects\/([^/:]+)(?:\/services(:batchEnable)?)?$/.exec(path) ?? [];
        if (project && verb) {
            const services: string[] = body.serviceIds ?? [];
            for (const service of services) {
                demand({ serviceIds: [service, NAME] });
                this.of(project).add(service);
            }
            return this.operations.longRunning("", {
                services: services.map((name) => serviceOf(project, name)),
            });
        }
        if (project && method === "GET") {
            return path.endsWith("/services")
                ? { services: [...this.of(project)].sort().map((name) => serviceOf(project, name)) }
                : { projectId: project, projectNumber: NUMBER, lifecycleState: "ACTIVE" };
        }
        const [, agents] = /^\/(storage\/v1|bigquery\/v2)\/projects\/[^/]+\/serviceAccount$/.exec(path) ?? [];
        if (agents && method === "GET") {
            return agents === "storage/v1"
                ? { email_address: `service-${NUMBER}@gs-project-accounts.iam.gserviceaccount.com` }
                : { email: `bq-${NUMBER}@bigquery-encryption.iam.gserviceaccount.com` };
        }
        const [, , service = ""] =
            /^\/v1beta1\/projects\/([^/]+)\/services\/([^/:]+):generateServiceIdentity$/.exec(path) ?? [];
        if (service) {
            const email = `service-${NUMBER}@gcp-sa-${service.split(".")[0]}.iam.gserviceaccount.com`;
            return this.operations.longRunning("", { email, uniqueId: NUMBER });
        }
        return undefined;
    }

    private of(project: string): Set<string> {
        const there = this.enabled.get(project) ?? new Set();
        this.enabled.set(project, there);
        return there;
    }
}

function serviceOf(project: string, name: string): object {
    return {
        name: `projects/${NUMBER}/services/${name}`,
        parent: `projects/${project}`,
        config: { name },
        state: "ENABLED",
    };
}
