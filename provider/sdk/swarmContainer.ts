/** What services and drivers of the swarm have in common; the names are those of the engine. */

/** Spark's user in our image. */
export const SPARK_UID = 10001;

/** Where containers find the volume with the project's files. */
export const PROJECT_FOLDER = "/london-power";

/** What every container with Spark in it writes to. Libraries are unpacked in /tmp, so that it cannot be in memory. */
export const SPARK_SCRATCH = { volumes: { "/tmp": "" }, memoryFolders: ["/run/london-power"] };

/** A container has no rights that it does not name, and its log is bounded. */
export const HARDENED = {
    readOnly: true,
    capDrops: ["ALL"],
    logDriver: { name: "json-file", options: { "max-size": "10m", "max-file": "3" } },
};

/** Rights of a secret's file: its user may read it, and nobody else. */
export const SECRET_MODE = 0o400;

/** A folder of a container that is not its image's. */
export interface Mount<Name> {
    type: "volume" | "tmpfs";
    target: string;
    /** Name of a volume; absent for one that goes with the container. */
    source?: Name;
    readOnly?: boolean;
}

/** What a container sees beside its image. */
export interface Folders<Name> {
    /** Folder in the container → name of a volume; "" for one that goes with the container. Default: none. */
    volumes?: Record<string, Name>;
    /** Folders of `volumes` that are not written to. Default: none. */
    readOnlyVolumes?: string[];
    /** Folders in memory. Default: none. */
    memoryFolders?: string[];
}

/** The mounts of a container, those of volumes first. */
export function mountsOf<Name>({
    volumes = {},
    readOnlyVolumes = [],
    memoryFolders = [],
}: Folders<Name>): Mount<Name>[] {
    const kept = Object.entries(volumes).map(([target, source]): Mount<Name> => {
        const readOnly = readOnlyVolumes.includes(target);
        return source === ""
            ? { type: "volume", target, readOnly }
            : { type: "volume", target, source, readOnly };
    });
    return [...kept, ...memoryFolders.map((target): Mount<Name> => ({ type: "tmpfs", target }))];
}
