import * as pulumi from "@pulumi/pulumi";
import * as grammar from "./googleGrammar.ts";
import type { Reader } from "./reader.ts";

/** What the target gcp is made of; times, sizes and rules are those of Google's own documentation. */
export interface GoogleSettings {
    /** Id of the project that everything is made in. */
    project: string;
    region: string;
    /** Zone of what is not regional, one of the region's. */
    zone: string;
    /** Base URL of a server that tests put in Google's place, or "" for Google's own. No setting: see `ENDPOINT`. */
    endpoint: string;
    /** Jobs run on a Dataproc cluster that is there all the time, or as Serverless batches. */
    compute: "cluster" | "serverless";
    /** Of each machine of the cluster. */
    machineType: string;
    /** Boot disk of each machine of the cluster, in GB. */
    diskGb: number;
    /** Workers of the cluster, or executors of a batch; with autoscaling the least. */
    workers: number;
    /** Most workers of a cluster, or executors of a batch, that grows; 0 for one that does not. */
    maxWorkers: number;
    /** Idle time after which the cluster is deleted, e.g. `3600s`; "" for never. */
    idleDelete: string;
    /** Optional components of the cluster, in Google's names. */
    components: string[];
    imageVersion: string;
    serverlessRuntime: string;
    /** Container image of Serverless batches, or "" for one that Cloud Build makes. */
    serverlessImage: string;
    /** Addresses of the subnet, in CIDR notation. */
    subnetRange: string;
    /** How long deleted objects can be had back, in days; 0 for not at all. */
    softDeleteDays: number;
    /** How long the output of drivers is kept, in days. */
    logDays: number;
    /** IAM members that may read bucket and dataset. */
    readers: string[];
    /** Key of Cloud KMS for bucket, dataset, secrets and disks, or "" for Google's own. */
    kmsKey: string;
    /** Keeps data from being deleted. */
    protect: boolean;
    /** Machine of the Workbench instance, or "" for no instance. */
    workbenchMachineType: string;
    /** Idle time after which the Workbench instance stops, in minutes. */
    workbenchIdleMinutes: number;
    /** IAM members that may open the Workbench instance. */
    notebookUsers: string[];
    /** On all that has labels. */
    labels: Record<string, string>;
}

const OWN = new pulumi.Config("gcp");

/** The environment variable by which tests send everything to a server of theirs; never set by users. */
export const ENDPOINT = "LONDON_POWER_GOOGLE_ENDPOINT";

/** Reads what only the target gcp has; grammar is checked whatever the target is. */
export function readGoogle(
    reader: Reader,
    { target, workers }: { target: string; workers: number },
): GoogleSettings | undefined {
    const settings = { ...compute(reader), ...data(reader), ...notebooks(reader) };
    if (target !== "gcp") {
        return undefined;
    }
    const endpoint = process.env[ENDPOINT] ?? "";
    const google = { ...settings, ...place(reader), endpoint, workers: workers || 2 };
    checkTogether(reader, google);
    return { ...google, labels: { app: "london-power", stack: pulumi.getStack(), ...google.labels } };
}

function compute(reader: Reader) {
    return {
        compute: reader.text("compute", "cluster, serverless", /^(cluster|serverless)$/, "cluster") as
            | "cluster"
            | "serverless",
        machineType: reader.text("machineType", ...grammar.MACHINE_TYPE),
        diskGb: reader.whole("diskGb", 30, 65536, 60),
        maxWorkers: reader.whole("maxWorkers", 0, 1000, 10),
        idleDelete: idleDelete(reader),
        components: reader.list("components", ...grammar.COMPONENT),
        imageVersion: reader.text("imageVersion", ...grammar.IMAGE_VERSION),
        serverlessRuntime: reader.text("serverlessRuntime", "a version such as 2.2", /^\d+\.\d+$/, "2.2"),
        serverlessImage: reader.text("serverlessImage", ...grammar.SERVERLESS_IMAGE),
        subnetRange: reader.text("subnetRange", ...grammar.PRIVATE_RANGE),
    };
}

function idleDelete(reader: Reader): string {
    const value = reader.text("idleDelete", ...grammar.TTL);
    const seconds = Number.parseInt(value, 10);
    if (/^\d+s$/.test(value) && (seconds < 300 || seconds > 14 * 86400)) {
        reader.refuse("idleDelete", value, "300s to 1209600s, that is 5 minutes to 14 days", "3600s");
    }
    return value;
}

function data(reader: Reader) {
    const softDeleteDays = reader.whole("softDeleteDays", 0, 90, 7);
    if (softDeleteDays > 0 && softDeleteDays < 7) {
        reader.refuse("softDeleteDays", softDeleteDays, "0 or 7 to 90", 7);
    }
    return {
        softDeleteDays,
        logDays: reader.whole("logDays", 1, 3650, 90),
        readers: reader.list("readers", ...grammar.MEMBER),
        kmsKey: reader.text("kmsKey", ...grammar.KMS_KEY),
        protect: reader.flag("protect"),
        labels: labels(reader),
    };
}

function labels(reader: Reader): Record<string, string> {
    const pairs = reader.list("labels", ...grammar.LABEL).map((pair) => pair.split("="));
    for (const [key] of pairs.filter(([name]) => name === "stack" || name === "app")) {
        reader.refuse(
            "labels",
            key,
            "labels other than app and stack, which every resource already has",
            "team=data",
        );
    }
    return Object.fromEntries(pairs);
}

function notebooks(reader: Reader) {
    return {
        workbenchMachineType: reader.text("workbenchMachineType", ...grammar.optional(grammar.MACHINE_TYPE)),
        workbenchIdleMinutes: reader.whole("workbenchIdleMinutes", 10, 1440, 60),
        notebookUsers: reader.list("notebookUsers", ...grammar.MEMBER),
    };
}

/** Reads the keys of Google's own provider. */
function place(reader: Reader) {
    const own = (key: "project" | "region" | "zone") => {
        const value = OWN.get(key) ?? "";
        const [allowed, pattern, example] = grammar.PLACE[key];
        if (!pattern.test(value)) {
            reader.refuse(`gcp:${key}`, value, allowed, example);
        }
        return value;
    };
    const region = own("region");
    // A zone that is not set cannot be wrong.
    const zone = OWN.get("zone") === undefined ? `${region}-b` : own("zone");
    return { project: own("project"), region, zone };
}

/** Checks values that are right by themselves and wrong together. */
function checkTogether(reader: Reader, google: Omit<GoogleSettings, "labels">): void {
    const { region, zone, kmsKey, workers, maxWorkers } = google;
    const stack = pulumi.getStack();
    if (!grammar.STACK.test(stack)) {
        reader.wrong.push(
            `the stack's name is ${JSON.stringify(stack)}; allowed, as it becomes part of Google's names: 1 to 16 ` +
                "lower-case letters, digits and hyphens, a letter first. Rename it: pulumi stack rename gcp",
        );
    }
    const { PLACE } = grammar;
    if (PLACE.region[1].test(region) && PLACE.zone[1].test(zone) && zone.slice(0, -2) !== region) {
        reader.refuse("gcp:zone", zone, `a zone of ${region}, which gcp:region names`, `${region}-b`);
    }
    if (kmsKey && kmsKey.split("/")[3] !== region) {
        const there = kmsKey.replace(/locations\/[^/]+/, `locations/${region}`);
        reader.refuse("kmsKey", kmsKey, `a key in ${region}, which gcp:region names`, there);
    }
    if (workers < 2) {
        reader.refuse(
            "workers",
            workers,
            "0 for 2, or 2 and more: neither a Dataproc cluster nor a Serverless batch has a single worker",
            2,
        );
    }
    if (maxWorkers > 0 && maxWorkers < workers) {
        reader.refuse("maxWorkers", maxWorkers, `0 for none, or at least the ${workers} workers`, workers);
    }
    for (const key of ["credentials", "accessToken"].filter((name) => OWN.get(name) !== undefined)) {
        reader.wrong.push(
            `gcp:${key} is set, but only the provider would use it, not the programs that run the jobs. ` +
                `Use GOOGLE_APPLICATION_CREDENTIALS instead, and remove it: pulumi config rm gcp:${key} --stack ${stack}`,
        );
    }
}
