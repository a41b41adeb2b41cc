import { type Asked, demand, Refusal } from "../answer.ts";

interface Binding {
    role: string;
    members: string[];
    condition?: object;
}

interface Policy {
    version: number;
    etag: string;
    bindings: Binding[];
}

const VERBS = /^\/v\d(?:beta\d)?\/(.+):(get|set)IamPolicy$/;
const BUCKET = /^\/storage\/v1\/(b\/[^/]+)\/iam$/;
const ROLE = /^(roles\/\w[\w.]+|projects\/[^/]+\/roles\/[\w.]{3,64})$/;
const MEMBER = /^(user|group|serviceAccount|domain):\S+$|^principal(Set)?:\/\/\S+$/;

/** Who may do what, on anything that has a policy. */
export class Policies {
    private readonly kept = new Map<string, Policy>();
    private readonly exists: (name: string) => boolean;
    private changes = 0;

    /** @param exists whether there is a thing, or a custom role, by its name without the interface's version */
    constructor(exists: (name: string) => boolean) {
        this.exists = exists;
    }

    /** The answer; `undefined` where the path is none of a policy. */
    answer({ method, path, body }: Asked): object | undefined {
        const [, bucket] = BUCKET.exec(path) ?? [];
        const [, name = bucket, verb] = VERBS.exec(path) ?? [];
        if (!name) {
            return undefined;
        }
        if (!this.exists(name)) {
            throw new Refusal(404, `Not found: ${name}`);
        }
        const now = this.kept.get(name) ?? { version: 1, etag: "ACAB", bindings: [] };
        if (verb === "get" || (bucket && method === "GET")) {
            return now;
        }
        return this.set(name, now, bucket ? body : body.policy, bucket ? 412 : 409);
    }

    /** All bindings of a thing, for tests. */
    of(name: string): Binding[] {
        return this.kept.get(name)?.bindings ?? [];
    }

    private set(name: string, now: Policy, asked: Policy, conflict: number): Policy {
        if (asked?.etag !== undefined && asked.etag !== now.etag) {
            throw new Refusal(
                conflict,
                "There were concurrent policy changes. Please retry the whole read-modify-write.",
            );
        }
        for (const { role, members, condition } of asked.bindings ?? []) {
            demand({ "policy.bindings.role": [role, ROLE] });
            if (role.startsWith("projects/") && !this.exists(role)) {
                throw new Refusal(400, `Role (${role}) does not exist in the resource's hierarchy.`);
            }
            for (const member of members) {
                demand({ "policy.bindings.members": [member, MEMBER] });
            }
            if (condition && asked.version !== 3) {
                throw new Refusal(400, "Conditions need a policy of version 3.");
            }
        }
        const policy = { ...asked, etag: Buffer.from(`${++this.changes}`).toString("base64") };
        this.kept.set(name, policy);
        return policy;
    }
}
