import * as pulumi from "@pulumi/pulumi";
import { Timestamp } from "../../provider/sdk/timestamp.ts";
import type { Credential } from "./platform.ts";

/** Returns the age of the present credentials of each part. */
export function credentialsOf(
    name: string,
    rotations: Record<string, number>,
    parent: pulumi.Resource,
): Record<string, pulumi.Output<Credential>> {
    return Object.fromEntries(
        Object.entries(rotations).map(([part, rotation]) => {
            const { at } = new Timestamp(`${name}-${part}`, { triggers: { rotation } }, { parent });
            return [part, pulumi.output({ rotation, since: at })];
        }),
    );
}
