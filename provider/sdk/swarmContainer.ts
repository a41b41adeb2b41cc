/** What services and drivers of the swarm have in common; the names are those of the engine. */

/** Spark's user in our image. */
export const SPARK_UID = 10001;

/** Mount point of the volume with the project's files. */
export const PROJECT_FOLDER = "/london-power";

/** Folders that every container with Spark writes to. Spark unpacks libraries in /tmp, so it cannot be in memory. */
export const SPARK_SCRATCH = { volumes: { "/tmp": "" }, memoryFolders: ["/run/london-power"] };

/** Settings of every container: no rights that it does not name, and a limited log. */
export const HARDENED = {
    readOnly: true,
    capDrops: ["ALL"],
    logDriver: { name: "json-file", options: { "max-size": "10m", "max-file": "3" } },
};

/** Mode of a secret's file: only its owner may read it. */
export const SECRET_MODE = 0o400;

/** A folder of a container that is not part of its image. */
export interface Mount<Name> {
    type: "volume" | "tmpfs";
    target: string;
    /** Name of the volume; absent for a volume that is deleted with the container. */
    source?: Name;
    readOnly?: boolean;
}

/** The folders of a container that are not part of its image. */
export interface Folders<Name> {
    /** Folder in the container → name of a volume; "" for a volume that is deleted with the container. Default: none. */
    volumes?: Record<string, Name>;
    /** Folders of `volumes` that the container cannot write to. Default: none. */
    readOnlyVolumes?: string[];
    /** Folders in memory. Default: none. */
    memoryFolders?: string[];
}

/** Returns the mounts of a container, volumes first. */
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
