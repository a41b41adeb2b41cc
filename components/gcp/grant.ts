import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { MEMBER, ROLE } from "../../config/gcpGrammar.ts";

/** The resource on which a role is granted: one resource, or the whole project if Google grants the role on nothing smaller. */
export type On =
    | { bucket: gcp.storage.Bucket }
    | { secret: gcp.secretmanager.Secret }
    | { dataset: gcp.bigquery.Dataset }
    | { repository: gcp.artifactregistry.Repository }
    | { account: gcp.serviceaccount.Account }
    | { kmsKey: pulumi.Input<string> }
    | { project: string; condition?: gcp.types.input.projects.IAMMemberCondition };

/**
 * Grants a member a role on a resource. All other members keep their roles.
 *
 * @param member an IAM member, such as `user:ana@example.org`, or one of our service accounts
 * @throws {pulumi.RunError} if IAM would refuse the role or the member halfway through the deployment
 */
export function grant(
    name: string,
    member: string | gcp.serviceaccount.Account | pulumi.Output<string>,
    role: pulumi.Input<string>,
    on: On,
    parent: pulumi.Resource,
): pulumi.Resource {
    if (typeof role === "string" && !ROLE.pattern.test(role)) {
        throw new pulumi.RunError(`${name}: the role is ${JSON.stringify(role)}; allowed: ${ROLE.allowed}`);
    }
    if (typeof member === "string" && !MEMBER.pattern.test(member)) {
        throw new pulumi.RunError(
            `${name}: the member is ${JSON.stringify(member)}; allowed: ${MEMBER.allowed}`,
        );
    }
    const unique = `${name}-${typeof role === "string" ? lastPart(role) : "role"}${typeof member === "string" ? `-${member}` : ""}`;
    const given = { role, member: member instanceof gcp.serviceaccount.Account ? member.member : member };
    const opts = { parent };
    if ("bucket" in on) {
        return new gcp.storage.BucketIAMMember(unique, { bucket: on.bucket.name, ...given }, opts);
    }
    if ("secret" in on) {
        return new gcp.secretmanager.SecretIamMember(unique, { secretId: on.secret.id, ...given }, opts);
    }
    if ("dataset" in on) {
        return new gcp.bigquery.DatasetIamMember(unique, { datasetId: on.dataset.datasetId, ...given }, opts);
    }
    if ("repository" in on) {
        const { location, name: repository } = on.repository;
        return new gcp.artifactregistry.RepositoryIamMember(unique, { location, repository, ...given }, opts);
    }
    if ("account" in on) {
        return new gcp.serviceaccount.IAMMember(
            unique,
            { serviceAccountId: on.account.name, ...given },
            opts,
        );
    }
    if ("kmsKey" in on) {
        return new gcp.kms.CryptoKeyIAMMember(unique, { cryptoKeyId: on.kmsKey, ...given }, opts);
    }
    return new gcp.projects.IAMMember(unique, { ...on, ...given }, opts);
}

/** Returns the last part of a role's name: `roles/storage.objectViewer` → `objectViewer`. */
function lastPart(role: string): string {
    return role.split(/[./]/).at(-1) ?? role;
}
