// The settings that several targets have, but not all.
import { secret, whole } from "./kinds.ts";

/** More rotations than a stack sees in its life. */
const MANY = 1_000_000;

export const mongoPort = whole({
    description: "The port of MongoDB on 127.0.0.1; 0 for any free port on local and 27017 on dev",
    default: 0,
    least: 0,
    most: 65535,
});

export const mongoUri = secret({
    description:
        "The connection string of a MongoDB of your own, which replaces the embedded server or Firestore; empty for none. Set it with --secret",
    allowed: "a connection string that starts with mongodb:// or mongodb+srv:// and a host",
    pattern: /^mongodb(\+srv)?:\/\/[^\s/]+/,
    command: "pulumi config set --secret london-power:mongoUri mongodb://user:password@host:27017/",
});

export const workers = whole({
    description:
        "The number of Spark workers, or of executors of a Serverless batch; 0 for 3 on dev, or fewer if the machine's memory requires it, and for 2 on gcp",
    default: 0,
    least: 0,
    most: 1000,
    example: 3,
});

export const rotation = rotationOf(
    "all generated credentials. A higher number rotates them, which `make rotate` does",
);
export const rotationMongo = rotationOf("the credentials of MongoDB's users alone");

export const maxSecretAgeDays = whole({
    description: "The age of generated credentials, in days, from which `make doctor` warns",
    default: 90,
    least: 1,
    most: 36500,
});

/** The number of rotations of one part of the credentials, or of all parts. */
export function rotationOf(part: string) {
    return whole({
        description: `The number of rotations of ${part}`,
        default: 0,
        least: 0,
        most: MANY,
        example: 1,
    });
}
