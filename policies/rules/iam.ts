import { type Inputs, rule } from "./rule.ts";

const PRIMITIVE = ["roles/owner", "roles/editor", "roles/viewer"];
const EVERYBODY = ["allUsers", "allAuthenticatedUsers"];

/** Returns the grants of a resource. Each kind of grant has `role`, and `member` or `members`; a whole policy is JSON text. */
function grants({ role, member, members, policyData }: Inputs): { role: string; members: string[] }[] {
    const own = role ? [{ role, members: [...(members ?? []), ...(member ? [member] : [])] }] : [];
    return [...own, ...bindingsOf(policyData)];
}

function bindingsOf(policyData: unknown): { role: string; members: string[] }[] {
    try {
        const { bindings } = JSON.parse(`${policyData}`);
        return (bindings ?? []).map((given: Inputs) => ({ role: given.role, members: given.members ?? [] }));
    } catch {
        return [];
    }
}

export const noPrimitiveRoles = rule("no-primitive-roles", "Nobody has a role for the whole project.", {
    *"gcp:*"(inputs: Inputs) {
        for (const { role, members } of grants(inputs).filter((grant) => PRIMITIVE.includes(grant.role))) {
            yield `${members.join(", ") || "A member"} gets ${role}, which reaches every service of the project. ` +
                "Give the predefined role of the one service that it needs, such as roles/storage.objectViewer.";
        }
    },
});

export const noPublicMembers = rule("no-public-members", "No role is granted to everybody.", {
    *"gcp:*"(inputs: Inputs) {
        for (const { role, members } of grants(inputs)) {
            for (const member of members.filter((name) => EVERYBODY.includes(name))) {
                yield `${member} gets ${role}: anybody on the internet${member === "allUsers" ? "" : " with a Google account"}. ` +
                    "Name the users, groups or service accounts.";
            }
        }
    },
});
