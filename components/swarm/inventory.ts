import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { DockerInventory } from "../../provider/sdk/dockerInventory.ts";
import { PART_OF_TYPE } from "../../provider/sdk/dockerPart.ts";

/** Notes what a component and its children make on the Docker engine. */
export class Inventory {
    private readonly noted: { type: string; name: string; resource: pulumi.Resource }[] = [];

    /** For the options of the component: sees every resource below it, and changes none. */
    readonly note: pulumi.ResourceTransformation = ({ type, name, resource }) => {
        this.noted.push({ type, name, resource });
        return undefined;
    };

    /** Keeps what was noted so far as a resource. */
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
