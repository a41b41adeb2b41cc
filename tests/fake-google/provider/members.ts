// A member's role on something: the provider reads its policy, adds the member, and writes it back.
import type { FakeGoogleClient } from "./client.ts";
import { PROJECT, type Thing } from "./types.ts";

interface Holder {
    read: [method: string, path: string];
    write(policy: Thing): [method: string, path: string, body: object];
}

/** What a role is given on, by the type that gives it; `undefined` for other types. */
export function holderOf(type: string, inputs: Thing): Holder | undefined {
    switch (type) {
        case "projects/iAMMember":
            return policy(`/v1/projects/${PROJECT}`, "POST");
        case "serviceaccount/iAMMember":
            return policy(`/v1/${inputs.serviceAccountId}`, "POST");
        case "secretmanager/secretIamMember":
            return policy(`/v1/${inputs.secretId}`, "GET");
        case "artifactregistry/repositoryIamMember":
            return policy(
                `/v1/projects/${PROJECT}/locations/${inputs.location}/repositories/${inputs.repository}`,
                "GET",
            );
        case "kms/cryptoKeyIAMMember":
            return policy(`/v1/${inputs.cryptoKeyId}`, "GET");
        case "storage/bucketIAMMember": {
            const path = `/storage/v1/b/${inputs.bucket}/iam`;
            return { read: ["GET", path], write: (changed) => ["PUT", path, changed] };
        }
        default:
            return undefined;
    }
}

function policy(thing: string, verb: string): Holder {
    return {
        read: [verb, `${thing}:getIamPolicy`],
        write: (changed) => ["POST", `${thing}:setIamPolicy`, { policy: changed }],
    };
}

export async function addMember(client: FakeGoogleClient, holder: Holder, given: Thing): Promise<void> {
    await client.changePolicy(holder.read, holder.write, (now) => {
        const { role, member, condition } = given;
        const others = without(now.bindings ?? [], given);
        return { ...now, version: 3, bindings: [...others, { role, members: [member], condition }] };
    });
}

export async function removeMember(client: FakeGoogleClient, holder: Holder, given: Thing): Promise<void> {
    await client.changePolicy(holder.read, holder.write, (now) => ({
        ...now,
        bindings: without(now.bindings ?? [], given),
    }));
}

export async function hasMember(client: FakeGoogleClient, holder: Holder, given: Thing): Promise<boolean> {
    const { bindings = [] } = await client.send(...holder.read);
    return bindings.some((binding: Thing) => isOf(binding, given));
}

function without(bindings: Thing[], given: Thing): Thing[] {
    return bindings
        .map((binding) =>
            isOf(binding, given)
                ? { ...binding, members: binding.members.filter((member: string) => member !== given.member) }
                : binding,
        )
        .filter(({ members }) => members.length > 0);
}

function isOf({ role, members, condition }: Thing, given: Thing): boolean {
    const same = JSON.stringify(condition) === JSON.stringify(given.condition);
    return role === given.role && same && members.includes(given.member);
}

/** A dataset has no policy of its own, but a list of who has access. */
export async function changeAccess(
    client: FakeGoogleClient,
    { datasetId, role, member }: Thing,
    change: "add" | "remove",
): Promise<void> {
    const path = `/bigquery/v2/projects/${PROJECT}/datasets/${datasetId}`;
    const { access } = await client.send("GET", path);
    const others = access.filter((each: Thing) => !(each.role === role && each.iamMember === member));
    const changed = change === "add" ? [...others, { role, iamMember: member }] : others;
    await client.send("PATCH", path, { access: changed });
}
