import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../../config/settings.ts";
import { Timestamp } from "../../provider/sdk/timestamp.ts";
import type { Credential } from "./platform.ts";

/** The number of rotations of each part; a rotation raises it by one. */
export interface Rotations {
    /** MongoDB's root and the users of its consumers. */
    mongo: number;
    /** Jupyter's token. */
    jupyter: number;
    /** The secret that Spark's processes share. */
    spark: number;
    /** The password of mongo-express. */
    express: number;
    /** The password of the gateway's login. */
    gateway: number;
}

type RotationSettings = Pick<
    Settings,
    "rotation" | "rotationMongo" | "rotationJupyter" | "rotationSpark" | "rotationExpress" | "rotationGateway"
>;

/** Returns the rotations of each part: those of all parts together, plus its own. */
export function rotationsOf(settings: RotationSettings): Rotations {
    return {
        mongo: settings.rotation + settings.rotationMongo,
        jupyter: settings.rotation + settings.rotationJupyter,
        spark: settings.rotation + settings.rotationSpark,
        express: settings.rotation + settings.rotationExpress,
        gateway: settings.rotation + settings.rotationGateway,
    };
}

/** Returns the age of the present credentials of each part. */
export function credentialsOf(
    name: string,
    rotations: Partial<Rotations>,
    parent: pulumi.Resource,
): Record<string, pulumi.Output<Credential>> {
    return Object.fromEntries(
        Object.entries(rotations).map(([part, rotation]) => {
            const { at } = new Timestamp(`${name}-${part}`, { triggers: { rotation } }, { parent });
            return [part, pulumi.output({ rotation, since: at })];
        }),
    );
}
