import { type Asked, demand, demandLabels, Refusal } from "./answer.ts";

const PATH =
    /^\/v1\/(projects\/[^/]+\/secrets)(?:\/([^/:]+))?(?:(:addVersion)|\/versions\/([^/:]+)(?::(access|disable|enable|destroy))?)?$/;

interface Secret {
    view: Record<string, unknown>;
    /** Payloads in base64, the newest last. */
    versions: { data: string; state: string }[];
}

/** Secret Manager: secrets, and versions with their states. */
export class Secrets {
    private readonly kept = new Map<string, Secret>();

    /** The answer; `undefined` where the path is none of these. */
    answer({ method, path, query, body }: Asked): object | undefined {
        const [match, parent = "", id, add, number, verb] = PATH.exec(path) ?? [];
        if (!match) {
            return undefined;
        }
        if (!id && method === "POST") {
            return this.create(parent, query.get("secretId") ?? "", body);
        }
        if (!id) {
            return { secrets: [...this.kept.values()].map(({ view }) => view) };
        }
        const name = `${parent}/${id}`;
        const secret = this.kept.get(name);
        if (!secret) {
            throw new Refusal(404, `Secret [${name}] not found.`);
        }
        if (add) {
            demand({ "payload.data": [body.payload?.data, /^[A-Za-z0-9+/]*={0,2}$/] });
            secret.versions.push({ data: body.payload.data, state: "ENABLED" });
            return versionOf(name, secret, secret.versions.length);
        }
        if (number) {
            return onVersion(name, secret, number, verb);
        }
        if (method === "DELETE") {
            this.kept.delete(name);
            return {};
        }
        if (method === "PATCH") {
            secret.view = { ...secret.view, ...body };
        }
        return secret.view;
    }

    /** @param name `projects/p/secrets/s` */
    has(name: string): boolean {
        return this.kept.has(name);
    }

    get paths(): string[] {
        return [...this.kept.keys()].map((name) => `/v1/${name}`);
    }

    private create(parent: string, id: string, body: Record<string, unknown>): object {
        demand({ secretId: [id, /^[\w-]{1,255}$/] });
        demandLabels(body.labels as Record<string, string> | undefined);
        const name = `${parent}/${id}`;
        if (this.kept.has(name)) {
            throw new Refusal(409, `Secret [${name}] already exists.`);
        }
        if (!body.replication) {
            throw new Refusal(400, "Required field is missing: secret.replication");
        }
        const view = { ...body, name, createTime: "2026-01-01T00:00:00Z", etag: '"1"' };
        this.kept.set(name, { view, versions: [] });
        return view;
    }
}

function onVersion(name: string, secret: Secret, asked: string, verb?: string): object {
    const number = asked === "latest" ? secret.versions.length : Number(asked);
    const version = secret.versions[number - 1];
    if (!version) {
        throw new Refusal(404, `Secret Version [${name}/versions/${asked}] not found.`);
    }
    switch (verb) {
        case "access":
            if (version.state !== "ENABLED") {
                throw new Refusal(
                    400,
                    `Secret Version [${name}/versions/${number}] is in ${version.state} state.`,
                );
            }
            return { name: `${name}/versions/${number}`, payload: { data: version.data } };
        case "disable":
            version.state = "DISABLED";
            break;
        case "enable":
            version.state = "ENABLED";
            break;
        case "destroy":
            Object.assign(version, { state: "DESTROYED", data: "" });
            break;
    }
    return versionOf(name, secret, number);
}

function versionOf(name: string, { versions }: Secret, number: number): object {
    return {
        name: `${name}/versions/${number}`,
        state: versions[number - 1]?.state,
        createTime: "2026-01-01T00:00:00Z",
    };
}
