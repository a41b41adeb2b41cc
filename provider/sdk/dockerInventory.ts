import * as pulumi from "@pulumi/pulumi";

export interface DockerInventoryArgs {
    /** The Docker engine, as in DOCKER_HOST. */
    host: pulumi.Input<string>;
    /** The stack, as the commands name it. */
    stack: string;
    /** Value of the label `com.docker.stack.namespace` on all that the stack makes. */
    label: string;
    /** Kind of part (service, secret …) → the name that Pulumi knows it by → id. */
    parts: Record<string, Record<string, pulumi.Input<string>>>;
}

/** What a stack has on a Docker engine: says so when somebody has removed a part, and removes secrets that were lost. */
export class DockerInventory extends pulumi.CustomResource {
    constructor(name: string, args: DockerInventoryArgs, opts?: pulumi.CustomResourceOptions) {
        super("london-power:docker:Inventory", name, { ...args }, opts);
    }
}
