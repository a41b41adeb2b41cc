import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../config.ts";
import { Timestamp } from "../provider/sdk/timestamp.ts";
import type { Credential } from "./platform.ts";

/** How often the credentials of each part have been rotated: a number that only grows, by one each time. */
export interface Rotations {
    /** MongoDB's root and the users of its consumers. */
    mongo: number;
    /** Jupyter's token. */
    jupyter: number;
    /** What Spark's processes know each other by. */
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

/** A part is rotated with all others and on its own. */
export function rotationsOf(settings: RotationSettings): Rotations {
    return {
        mongo: settings.rotation + settings.rotationMongo,
        jupyter: settings.rotation + settings.rotationJupyter,
        spark: settings.rotation + settings.rotationSpark,
        express: settings.rotation + settings.rotationExpress,
        gateway: settings.rotation + settings.rotationGateway,
    };
}

/** Since when each part has its present credentials. */
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
