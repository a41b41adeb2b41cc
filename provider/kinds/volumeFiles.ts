import { DockerEngine, isGone } from "../host/docker.ts";
import { writeTar } from "../host/tar.ts";
import type { Context, ResourceKind } from "../rpc/kind.ts";
import { SPARK_UID } from "../sdk/swarmContainer.ts";

export interface VolumeFilesInputs {
    host: string;
    volume: string;
    image: string;
    folder: string;
    files: Record<string, string>;
    digest: string;
}

/** Mount point of the volume in the containers that copy files. */
const MOUNT = "/volume";

const OWNER = { uid: SPARK_UID, gid: SPARK_UID };

/** Files of this machine in a Docker volume, in a folder named after their digest. */
export const volumeFiles: ResourceKind<VolumeFilesInputs, Record<string, never>> = {
    outputs: [],

    check: () => [],

    async diff({ oldInputs, inputs }) {
        const replaces = (["host", "volume", "folder"] as const).filter(
            (key) => oldInputs[key] !== inputs[key],
        );
        if (replaces.length > 0) {
            return { properties: replaces, replaces };
        }
        return oldInputs.digest === inputs.digest ? undefined : { properties: ["digest", "files"] };
    },

    planned: async () => ({}),

    async create(inputs, context) {
        await fill(inputs, context);
        return { id: `${inputs.volume}/${inputs.folder}`, outputs: {} };
    },

    async read(_id, outputs, inputs) {
        const there = await inContainer(inputs, [], (engine, id) =>
            engine.has(`/containers/${id}/archive?path=${MOUNT}/${inputs.folder}/${inputs.digest}`),
        ).catch((error) => (isGone(error) ? false : Promise.reject(error)));
        return there ? outputs : undefined;
    },

    async update({ inputs }, context) {
        await fill(inputs, context);
        return {};
    },

    // The volume is deleted with its files, or kept on purpose.
    async delete() {},
};

async function fill(inputs: VolumeFilesInputs, context: Context): Promise<void> {
    const { folder, digest, files } = inputs;
    context.progress(`copying ${Object.keys(files).length} files into the volume`);
    const inside = Object.fromEntries(
        Object.entries(files).map(([name, path]) => [`${folder}/${digest}/${name}`, path]),
    );
    // The old files are removed when the new ones are complete.
    const tidy = 'cd "$0" && for each in *; do [ "$each" = "$1" ] || rm -rf "$each"; done';
    const command = ["sh", "-c", tidy, `${MOUNT}/${folder}`, digest];
    await inContainer(inputs, command, async (engine, id) => {
        await engine.put(`/containers/${id}/archive?path=${MOUNT}`, "application/x-tar", (to) =>
            writeTar(inside, OWNER, to),
        );
        await engine.post(`/containers/${id}/start`);
        const ended = await engine.post<{ StatusCode: number }>(`/containers/${id}/wait`);
        if (ended?.StatusCode !== 0) {
            throw new Error(`old files could not be removed from the volume ${inputs.volume}`);
        }
    });
}

/** The engine gives access to a volume only through a container, which need not run. */
async function inContainer<T>(
    { host, volume, image }: VolumeFilesInputs,
    command: string[],
    work: (engine: DockerEngine, id: string) => Promise<T>,
): Promise<T> {
    const engine = new DockerEngine(host);
    const container = await engine.post<{ Id: string }>("/containers/create", {
        Image: image,
        Entrypoint: command.length > 0 ? command : ["true"],
        User: "spark",
        NetworkDisabled: true,
        HostConfig: { Mounts: [{ Type: "volume", Source: volume, Target: MOUNT }] },
    });
    const id = container?.Id as string;
    try {
        return await work(engine, id);
    } finally {
        await engine.delete(`/containers/${id}?force=true&v=true`);
    }
}
