import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

export interface CustomRoleArgs {
    /** Begins its id. */
    prefix: string;
    /** What it is for: ends its id, as in `worker`. */
    purpose: string;
    title: string;
    permissions: string[];
    /** When the stack's bucket was made, ISO 8601. A deleted role keeps its id for 37 days: the next stack of the name needs another. */
    generation: pulumi.Output<string>;
}

/** A role of the project's own, where no predefined one gives as little as is needed. */
export function customRole(
    name: string,
    { prefix, purpose, title, permissions, generation }: CustomRoleArgs,
    opts: pulumi.CustomResourceOptions,
): gcp.projects.IAMCustomRole {
    const unique = generation.apply((time) => time.replaceAll(/\D/g, "").slice(0, 14));
    const roleId = pulumi.interpolate`${prefix.replaceAll("-", "_")}_${purpose}_${unique}`;
    return new gcp.projects.IAMCustomRole(name, { roleId, title, permissions }, opts);
}
