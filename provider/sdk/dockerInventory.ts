import * as pulumi from "@pulumi/pulumi";

export interface DockerInventoryArgs {
    /** The Docker engine, as in DOCKER_HOST. */
    host: pulumi.Input<string>;
    /** Name of the stack in commands. */
    stack: string;
    /** Value of the label `com.docker.stack.namespace` of everything that the stack creates. */
    label: string;
    /** Kind of part (service, secret …) → its name in Pulumi → its id. */
    parts: Record<string, Record<string, pulumi.Input<string>>>;
}

/** The parts of a stack on a Docker engine. It reports parts that somebody has removed, and removes lost secrets. */
export class DockerInventory extends pulumi.CustomResource {
    constructor(name: string, args: DockerInventoryArgs, opts?: pulumi.CustomResourceOptions) {
        super("london-power:docker:Inventory", name, { ...args }, opts);
    }
}
