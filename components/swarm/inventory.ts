import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { DockerInventory } from "../../provider/sdk/dockerInventory.ts";
import { PART_OF_TYPE } from "../../provider/sdk/dockerPart.ts";

/** Collects what a component and its children create on the Docker engine. */
export class Inventory {
    private readonly noted: { type: string; name: string; resource: pulumi.Resource }[] = [];

    /** A transformation for the component's options. It sees every resource below the component and changes none. */
    readonly note: pulumi.ResourceTransformation = ({ type, name, resource }) => {
        this.noted.push({ type, name, resource });
        return undefined;
    };

    /** Stores what was collected so far as a resource. */
    keep(name: string, host: string, parent: pulumi.Resource): void {
        const parts: Record<string, Record<string, pulumi.Output<string>>> = {};
        for (const { type, name: part, resource } of this.noted) {
            const kind = PART_OF_TYPE[type];
            if (kind) {
                const ids = parts[kind] ?? {};
                ids[part] =
                    kind === "image"
                        ? (resource as docker.RemoteImage).imageId
                        : (resource as pulumi.CustomResource).id;
                parts[kind] = ids;
            }
        }
        const stack = pulumi.getStack();
        new DockerInventory(name, { host, stack, label: `london-power-${stack}`, parts }, { parent });
    }
}
