import type { SwarmSettings } from "../../config/settings.ts";

/** The number of rotations of each part; a rotation raises it by one. */
export type Rotations = {
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
};

/** Returns the rotations of each part: those of all parts together, plus its own. */
export function rotationsOf(settings: SwarmSettings): Rotations {
    return {
        mongo: settings.rotation + settings.rotationMongo,
        jupyter: settings.rotation + settings.rotationJupyter,
        spark: settings.rotation + settings.rotationSpark,
        express: settings.rotation + settings.rotationExpress,
        gateway: settings.rotation + settings.rotationGateway,
    };
}
