import prices from "./listPrices.json" with { type: "json" };

export { prices };

/** Hours of a month, as Google counts them. */
export const MONTH = 730;

interface MachinePrice {
    vcpus: number;
    /** US dollars an hour. */
    hour: number;
}

/** What parts of a core a machine with a shared one is billed for, and its GiB of memory. */
const SHARED: Record<string, [vcpus: number, gib: number]> = {
    "e2-micro": [0.25, 1],
    "e2-small": [0.5, 2],
    "e2-medium": [1, 4],
};

/** What a machine of a type costs; `undefined` for types that the file of prices leaves out. */
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

/** What balanced disks cost, in US dollars an hour. */
export function disksHour(gib: number): number {
    return (gib * prices.disks.balancedGibMonth) / MONTH;
}

function isKeyOf<T extends object>(object: T, key: string): key is keyof T & string {
    return Object.hasOwn(object, key);
}
