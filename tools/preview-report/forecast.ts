// The cost of a stack on Google Cloud by list price, from the resources of its preview.
import { disksHour, MONTH, machinePrice, prices } from "./listPrice.ts";
import type { Preview, Properties, Value } from "./preview.ts";

/** The price of one part, in US dollars per hour. */
export interface Price {
    what: string;
    /** While no job runs and no notebook is open. */
    idle: number;
    /** While jobs run. */
    jobs: number;
}

export interface Forecast {
    prices: Price[];
    /** Costs that are in no sum. */
    notes: string[];
    /** In US dollars: an idle hour, an hour with jobs, and a month without jobs. */
    sum: { idle: number; jobs: number; month: number };
}

/**
 * Returns the cost of the resources of a preview; `undefined` if none is Google's, or if the preview omits unchanged resources.
 */
export function forecastOf({ steps, deployed }: Preview): Forecast | undefined {
    const all = [...steps.values()];
    const isWhole = !deployed || all.some(({ operation }) => operation === "same");
    if (!isWhole || !all.some(({ type }) => type.startsWith("gcp:"))) {
        return undefined;
    }
    const of = (type: string): Properties[] =>
        all.flatMap((step) => (step.type === type && step.after ? [step.after] : []));
    const parts = [
        clusterPart(
            of("gcp:dataproc/cluster:Cluster"),
            of("gcp:dataproc/autoscalingPolicy:AutoscalingPolicy"),
        ),
        batchPart(of("london-power:spark:SparkRun")),
        workbenchPart(of("gcp:workbench/instance:Instance")),
        natPart(of("gcp:compute/routerNat:RouterNat")),
        monthlyPart(
            "versions of secrets",
            of("gcp:secretmanager/secretVersion:SecretVersion"),
            prices.secrets.versionMonth,
        ),
        monthlyPart("jobs of Cloud Scheduler", of("gcp:cloudscheduler/job:Job"), prices.scheduler.jobMonth),
        {
            notes: Object.entries(prices.byUse)
                .filter(([type]) => of(type).length > 0)
                .map(([, { price }]) => price),
        },
        regionPart(of("gcp:storage/bucket:Bucket")),
    ];
    const lines = parts.flatMap((part) => part.prices ?? []);
    const sum = (key: "idle" | "jobs") => lines.reduce((before, line) => before + line[key], 0);
    return {
        prices: lines,
        notes: parts.flatMap((part) => part.notes ?? []),
        sum: { idle: sum("idle"), jobs: sum("jobs"), month: sum("idle") * MONTH },
    };
}

/** The prices and notes that a part of the platform adds to a forecast. */
type Part = Partial<Pick<Forecast, "prices" | "notes">>;

function clusterPart([cluster]: Properties[], [policy]: Properties[]): Part {
    if (!cluster) {
        return {};
    }
    const groups = (["masterConfig", "workerConfig"] as const).map((group) => {
        const least = Number(at(cluster, `clusterConfig.${group}.numInstances`));
        const limit =
            group === "workerConfig" ? Number(at(policy, "workerConfig.maxInstances") ?? least) : least;
        return {
            type: `${at(cluster, `clusterConfig.${group}.machineType`)}`,
            gib: Number(at(cluster, `clusterConfig.${group}.diskConfig.bootDiskSizeGb`)),
            least,
            most: limit,
        };
    });
    const idleFor = at(cluster, "clusterConfig.lifecycleConfig.idleDeleteTtl");
    const per = (what: string, hour: (group: (typeof groups)[number]) => number): Price => {
        const hours = (size: "least" | "most") =>
            groups.reduce((sum, group) => sum + group[size] * hour(group), 0);
        return { what, idle: idleFor ? 0 : hours("least"), jobs: hours("most") };
    };
    const types = [...new Set(groups.map(({ type }) => type))];
    const most = groups.reduce((sum, group) => sum + group.most, 0);
    const least = groups.reduce((sum, group) => sum + group.least, 0);
    const machines = least === most ? `${most}` : `${least} to ${most}`;
    return {
        prices: [
            per(
                `${machines} machines of the cluster, ${types.join(", ")}`,
                ({ type }) => machinePrice(type)?.hour ?? 0,
            ),
            per(
                "Dataproc's own share of them, by vCPU",
                ({ type }) => (machinePrice(type)?.vcpus ?? 0) * prices.dataproc.vcpuHour,
            ),
            per("their disks", ({ gib }) => disksHour(gib)),
            per("Cloud NAT for them", () => prices.nat.machineHour),
        ],
        notes: [
            ...types.flatMap(unpriced),
            ...(idleFor
                ? [`The cluster is deleted after ${idleFor} without work, and until then costs as with jobs`]
                : []),
        ],
    };
}

/** Returns the price of a Serverless batch. Runs on a cluster do not name executors. */
function batchPart(runs: Properties[]): Part {
    const conf = runs.map((run) => run.conf as Properties).find((each) => each["spark.executor.instances"]);
    if (!conf) {
        return {};
    }
    const { dcuPerVcpu, dcuPerGib, dcuHour } = prices.batches;
    const dcu = (vcpus: number, gib: number) => vcpus * dcuPerVcpu + gib * dcuPerGib;
    const count = Number(conf["spark.dynamicAllocation.maxExecutors"] ?? conf["spark.executor.instances"]);
    // Google adds two fifths to a PySpark driver's heap, and gives an executor 4 GiB per core.
    const driver = dcu(
        Number(conf["spark.driver.cores"]),
        (Number.parseInt(`${conf["spark.driver.memory"]}`, 10) / 1024) * 1.4,
    );
    const cores = Number(conf["spark.executor.cores"]);
    const what = `a batch: a driver and ${conf["spark.dynamicAllocation.maxExecutors"] ? "up to " : ""}${count} executors`;
    const units = driver + count * dcu(cores, cores * 4);
    return {
        prices: [
            { what: `${what}, ${units.toFixed(1)} DCU`, idle: 0, jobs: units * dcuHour },
            { what: "Cloud NAT for it", idle: 0, jobs: (1 + count) * prices.nat.machineHour },
        ],
        notes: [
            "Up to three jobs run at a time, each as a batch of its own",
            `Data compute units (DCU) at the price of ${prices.batches.region}`,
        ],
    };
}

function workbenchPart([instance]: Properties[]): Part {
    if (!instance) {
        return {};
    }
    const type = `${at(instance, "gceSetup.machineType")}`;
    const gib =
        Number(at(instance, "gceSetup.bootDisk.diskSizeGb")) +
        Number(at(instance, "gceSetup.dataDisks.diskSizeGb"));
    const disks = disksHour(gib);
    const open = machinePrice(type)?.hour;
    return {
        prices: [{ what: "disks of the Workbench instance", idle: disks, jobs: disks }],
        notes:
            open === undefined
                ? unpriced(type)
                : [`An hour in which the Workbench instance runs, ${type}: ${open.toFixed(4)} more`],
    };
}

function natPart(nats: Properties[]): Part {
    const hour = nats.length * prices.nat.addressHour;
    return nats.length > 0 ? { prices: [{ what: "Cloud NAT's address", idle: hour, jobs: hour }] } : {};
}

function monthlyPart(what: string, things: Properties[], month: number): Part {
    const hour = (things.length * month) / MONTH;
    return things.length > 0
        ? { prices: [{ what: `${what}: ${things.length}`, idle: hour, jobs: hour }] }
        : {};
}

function regionPart([bucket]: Properties[]): Part {
    const region = `${bucket?.location ?? prices.region}`;
    return region === prices.region
        ? {}
        : { notes: [`These are the prices of ${prices.region}; those of ${region} differ`] };
}

function unpriced(type: string): string[] {
    return machinePrice(type)
        ? []
        : [`Without machines of type ${type}, of which tools/preview-report/listPrices.json has no price`];
}

/** Returns the value at a path such as `a.b`. */
function at(properties: Properties | undefined, path: string): Value | undefined {
    return path
        .split(".")
        .reduce<Value | undefined>(
            (value, key) =>
                typeof value === "object" && value !== null ? (value as Properties)[key] : undefined,
            properties,
        );
}
