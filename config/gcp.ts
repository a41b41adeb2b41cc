import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import * as grammar from "./gcpGrammar.ts";
import { choice, flag, list, text, whole } from "./kinds.ts";
import { removing, wrongValue } from "./problems.ts";
import { maxSecretAgeDays, mongoUri, rotation, rotationMongo, workers } from "./shared.ts";

/** The settings of the target on Google Cloud. Times, sizes and rules are those of Google's own documentation. */
export const GCP = {
    mongoUri,
    workers,
    rotation,
    rotationMongo,
    maxSecretAgeDays,
    compute: choice({
        description:
            "The service that runs the jobs: cluster (a Dataproc cluster) or serverless (batches without a cluster)",
        words: ["cluster", "serverless"],
    }),
    machineType: text({
        description: "The machine type of the cluster's master and workers",
        default: "e2-standard-4",
        rule: grammar.MACHINE_TYPE,
    }),
    diskGb: whole({
        description: "The size of the boot disk of each machine of the cluster, in GB",
        default: 60,
        least: 30,
        most: 65536,
    }),
    maxWorkers: whole({
        description:
            "The largest number of workers of a cluster, or of executors of a Serverless batch, that grows with its load; 0 for a fixed size",
        default: 0,
        least: 0,
        most: 1000,
        example: 10,
    }),
    idleDelete: text({
        description:
            "The idle time after which the cluster is deleted, in seconds with an s, such as 3600s; empty for never",
        default: "",
        rule: grammar.IDLE_TIME,
    }),
    components: list({
        description: "The optional components of the cluster, by Dataproc's names, separated by commas",
        default: "JUPYTER",
        least: 0,
        rule: grammar.COMPONENT,
    }),
    imageVersion: text({
        description:
            "The version of Dataproc's image; a third number, as in 2.2.50-debian12, also pins its weekly fixes",
        default: "2.2-debian12",
        rule: grammar.IMAGE_VERSION,
    }),
    serverlessRuntime: text({
        description: "The runtime version of Serverless batches",
        default: "2.2",
        rule: { allowed: "a version such as 2.2", pattern: /^\d+\.\d+$/, example: "2.2" },
    }),
    serverlessImage: text({
        description:
            "The image of Serverless batches, with the jobs' Python packages, such as europe-west2-docker.pkg.dev/my-project-123/my-images/spark:1; empty for an image that Cloud Build builds",
        default: "",
        rule: grammar.SERVERLESS_IMAGE,
    }),
    subnetRange: text({
        description: "The addresses of the subnet, in CIDR notation",
        default: "10.42.0.0/20",
        rule: grammar.PRIVATE_RANGE,
    }),
    softDeleteDays: whole({
        description: "The number of days for which deleted objects of the bucket can be restored; 0 for none",
        default: 7,
        least: 0,
        most: 90,
    }),
    logDays: whole({
        description: "The number of days for which the bucket keeps the output of drivers",
        default: 90,
        least: 1,
        most: 3650,
    }),
    readers: list({
        description:
            "The IAM members who may read the bucket and the dataset, separated by commas, such as group:analysts@example.org; empty for none",
        default: "",
        least: 0,
        rule: grammar.MEMBER,
    }),
    kmsKey: text({
        description:
            "The Cloud KMS key that encrypts bucket, dataset, secrets and disks, such as projects/P/locations/europe-west2/keyRings/R/cryptoKeys/K; empty for Google's own key",
        default: "",
        rule: grammar.KMS_KEY,
    }),
    protect: flag({
        description: "Refuses to delete bucket, dataset, tables, secrets and documents",
        default: false,
    }),
    workbenchMachineType: text({
        description: "The machine type of the Workbench instance; empty for no instance",
        default: "e2-standard-2",
        rule: grammar.optional(grammar.MACHINE_TYPE),
    }),
    workbenchIdleMinutes: whole({
        description: "The idle time after which the Workbench instance stops, in minutes",
        default: 60,
        least: 10,
        most: 1440,
    }),
    notebookUsers: list({
        description:
            "The IAM members who may open the Workbench instance, separated by commas; empty for none",
        default: "",
        least: 0,
        rule: grammar.MEMBER,
    }),
    labels: list({
        description:
            "The labels of all resources beside app and stack, as key=value separated by commas, such as team=data; empty for none",
        default: "",
        least: 0,
        rule: grammar.LABEL,
    }),
};

/** The settings of Google's own provider that the program reads; their keys begin with `gcp:`. */
export const PLACE = {
    project: text({ description: "The id of the project", default: "", rule: grammar.PROJECT }),
    region: text({ description: "The region of all resources", default: "", rule: grammar.REGION }),
    zone: text({
        description: "The zone of resources that are not regional; empty for zone b of the region",
        default: "",
        rule: grammar.optional(grammar.ZONE),
    }),
};

/** The environment variable by which tests send everything to a server of theirs; never set by users. */
export const ENDPOINT = "LONDON_POWER_GOOGLE_ENDPOINT";

type Own = z.output<z.ZodObject<typeof GCP>>;

/** The settings of the target on Google Cloud, with what follows from them. */
export interface GcpOnly extends Omit<Own, "labels"> {
    project: string;
    region: string;
    /** The zone of resources that are not regional. */
    computeZone: string;
    /** On all resources that have labels. */
    labels: Record<string, string>;
    /** Base URL of a server that tests put in Google's place, or "" for Google's own. No setting: see `ENDPOINT`. */
    endpoint: string;
}

export function gcpSettings(own: Own, place: z.output<z.ZodObject<typeof PLACE>>): GcpOnly {
    const given = Object.fromEntries(own.labels.map((pair) => pair.split("=")));
    return {
        ...own,
        project: place.project,
        region: place.region,
        computeZone: place.zone || `${place.region}-b`,
        workers: own.workers || 2,
        labels: { app: "london-power", stack: pulumi.getStack(), ...given },
        endpoint: process.env[ENDPOINT] ?? "",
    };
}

/** Returns what is wrong with settings that are right by themselves. */
export function checkGcp(settings: GcpOnly): string[] {
    const { region, computeZone, kmsKey, workers, maxWorkers, softDeleteDays, labels } = settings;
    const problems: string[] = [];
    const stack = pulumi.getStack();
    const refuse = (key: string, value: string | number, allowed: string, example: string | number) => {
        problems.push(wrongValue(key, value, allowed, example));
    };
    if (!grammar.STACK.test(stack)) {
        problems.push(
            `the stack's name is ${JSON.stringify(stack)}; allowed, as it becomes part of Google's names: 1 to 16 ` +
                "lower-case letters, digits and hyphens, a letter first. Rename it: pulumi stack rename gcp",
        );
    }
    if (computeZone.slice(0, -2) !== region) {
        refuse("gcp:zone", computeZone, `a zone of ${region}, which gcp:region names`, `${region}-b`);
    }
    if (kmsKey && kmsKey.split("/")[3] !== region) {
        const there = kmsKey.replace(/locations\/[^/]+/, `locations/${region}`);
        refuse("london-power:kmsKey", kmsKey, `a key in ${region}, which gcp:region names`, there);
    }
    if (workers < 2) {
        const allowed =
            "0 for 2, or 2 and more: neither a Dataproc cluster nor a Serverless batch has a single worker";
        refuse("london-power:workers", workers, allowed, 2);
    }
    if (maxWorkers > 0 && maxWorkers < workers) {
        const allowed = `0 for none, or at least the ${workers} workers`;
        refuse("london-power:maxWorkers", maxWorkers, allowed, workers);
    }
    if (softDeleteDays > 0 && softDeleteDays < 7) {
        refuse("london-power:softDeleteDays", softDeleteDays, "0 or 7 to 90", 7);
    }
    if (labels.app !== "london-power" || labels.stack !== stack) {
        const allowed = "labels other than app and stack, which every resource already has";
        refuse("london-power:labels", labels.app === "london-power" ? "stack" : "app", allowed, "team=data");
    }
    const own = new pulumi.Config("gcp");
    for (const key of ["credentials", "accessToken"].filter((name) => own.get(name) !== undefined)) {
        problems.push(
            `gcp:${key} is set, but only the provider would use it, not the programs that run the jobs. ` +
                `Use GOOGLE_APPLICATION_CREDENTIALS instead. ${removing(`gcp:${key}`)}`,
        );
    }
    return problems;
}
