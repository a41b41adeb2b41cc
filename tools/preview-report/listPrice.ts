import prices from "./listPrices.json" with { type: "json" };

export { prices };

/** Number of hours in a month, by Google's convention. */
export const MONTH = 730;

interface MachinePrice {
    vcpus: number;
    /** US dollars per hour. */
    hour: number;
}

/** Billed share of a core and memory in GiB of the shared-core machine types. */
const SHARED: Record<string, [vcpus: number, gib: number]> = {
    "e2-micro": [0.25, 1],
    "e2-small": [0.5, 2],
    "e2-medium": [1, 4],
};

/** Returns the price of a machine type; `undefined` for a type that the file of prices does not contain. */
export function machinePrice(type: string): MachinePrice | undefined {
    const [, family = "", kind = "", cores = ""] = /^([a-z]\d)-([a-z]+)(?:-(\d+))?$/.exec(type) ?? [];
    const { families } = prices.machines;
    if (!isKeyOf(families, family)) {
        return undefined;
    }
    const { vcpuHour, gibHour, gibPerVcpu } = families[family];
    const ratio = isKeyOf(gibPerVcpu, kind) ? gibPerVcpu[kind] : undefined;
    const [vcpus, gib] = SHARED[type] ?? (ratio && cores ? [Number(cores), Number(cores) * ratio] : []);
    return vcpus === undefined || gib === undefined
        ? undefined
        : { vcpus, hour: vcpus * vcpuHour + gib * gibHour };
}

/** Returns the price of balanced disks, in US dollars per hour. */
export function disksHour(gib: number): number {
    return (gib * prices.disks.balancedGibMonth) / MONTH;
}

function isKeyOf<T extends object>(object: T, key: string): key is keyof T & string {
    return Object.hasOwn(object, key);
}
