import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

const ALWAYS = ["bigquery", "compute", "dataproc", "iam", "secretmanager", "storage"];

export interface ServicesArgs {
    /** Services in addition to those that every platform needs, by the first part of their names, such as `firestore`. */
    also: string[];
}

/** Enables the APIs in the project. They stay enabled when the stack is deleted, because others may use them. */
export class Services extends pulumi.ComponentResource {
    readonly enabled: gcp.projects.Service[];

    constructor(name: string, args: ServicesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:Services", name, {}, opts);
        this.enabled = [...ALWAYS, ...args.also]
            .sort()
            .map(
                (service) =>
                    new gcp.projects.Service(
                        `${name}-${service}`,
                        { service: `${service}.googleapis.com`, disableOnDestroy: false },
                        { parent: this },
                    ),
            );
        this.registerOutputs({});
    }
}
