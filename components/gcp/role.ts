import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

export interface CustomRoleArgs {
    /** Prefix of the role's id. */
    prefix: string;
    /** Purpose of the role, such as `worker`; part of its id. */
    purpose: string;
    title: string;
    permissions: string[];
    /** Time when the stack's bucket was created, ISO 8601; part of the id. A deleted role keeps its id for 37 days, so the next
     * stack of the same name needs another one. */
    generation: pulumi.Output<string>;
}

/** Creates a custom role of the project, for rights that no predefined role grants alone. */
export function customRole(
    name: string,
    { prefix, purpose, title, permissions, generation }: CustomRoleArgs,
    opts: pulumi.CustomResourceOptions,
): gcp.projects.IAMCustomRole {
    const unique = generation.apply((time) => time.replaceAll(/\D/g, "").slice(0, 14));
    const roleId = pulumi.interpolate`${prefix.replaceAll("-", "_")}_${purpose}_${unique}`;
    return new gcp.projects.IAMCustomRole(name, { roleId, title, permissions }, opts);
}
