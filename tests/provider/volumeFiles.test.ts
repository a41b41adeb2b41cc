// Files in a volume of an engine that plays one. tests/e2e/swarm.test.ts fills a real volume.
import test, { type ExecutionContext } from "ava";
import { type VolumeFilesInputs, volumeFiles } from "../../provider/kinds/volumeFiles.ts";
import { contextWith } from "./context.ts";
import { dockerEngine } from "./dockerEngine.ts";

const CONTEXT = contextWith();

test("other files are an update, and another place is a replacement", async (t) => {
    const inputs = inputsAt("unix:///nowhere");
    const to = (changes: Partial<VolumeFilesInputs>) =>
        volumeFiles.diff(
            { id: "v/jobs", oldOutputs: {}, oldInputs: inputs, inputs: { ...inputs, ...changes } },
            CONTEXT,
        );
    t.is(await to({ image: "spark:2" }), undefined, "the image only copies");
    t.deepEqual(await to({ digest: "d2" }), { properties: ["digest", "files"] });
    for (const key of ["host", "volume", "folder"] as const) {
        t.deepEqual(await to({ [key]: "other", digest: "d2" }), { properties: [key], replaces: [key] });
    }
});

test("files are found by the folder of their digest, and the container for the look is removed", async (t) => {
    const there = await engine(t, { has: "/volume/jobs/d1" });
    t.deepEqual(await volumeFiles.read("v/jobs", {}, inputsAt(there.host)), {});
    t.deepEqual(there.removed, ["c1"]);
    const other = await engine(t, { has: "/volume/jobs/d0" });
    t.is(await volumeFiles.read("v/jobs", {}, inputsAt(other.host)), undefined);
    t.deepEqual(other.removed, ["c1"]);
});

test("files of an engine without the image are gone, and an engine that does not answer is an error", async (t) => {
    const { host } = await engine(t, { hasImage: false });
    t.is(await volumeFiles.read("v/jobs", {}, inputsAt(host)), undefined);
    await t.throwsAsync(volumeFiles.read("v/jobs", {}, inputsAt("unix:///nowhere.sock")), {
        code: "ENOENT",
    });
});

test("old files that cannot be removed are an error, and the container is removed all the same", async (t) => {
    const { host, removed, calls } = await engine(t, { exitCode: 1 });
    const inputs = inputsAt(host);
    await t.throwsAsync(volumeFiles.create(inputs, CONTEXT), {
        message: "old files could not be removed from the volume v",
    });
    t.deepEqual(removed, ["c1"]);
    t.deepEqual(calls.slice(0, 4), [
        "POST /containers/create",
        "PUT /containers/c1/archive?path=/volume",
        "POST /containers/c1/start",
        "POST /containers/c1/wait",
    ]);
});

function inputsAt(host: string): VolumeFilesInputs {
    return { host, volume: "v", image: "spark:1", folder: "jobs", files: {}, digest: "d1" };
}

/** @param has the path in the volume that is there; @param exitCode of the container that tidies up */
async function engine(t: ExecutionContext, { has = "", hasImage = true, exitCode = 0 }) {
    const calls: string[] = [];
    const removed: string[] = [];
    const host = await dockerEngine(t, (call, body) => {
        calls.push(call);
        if (call === "POST /containers/create") {
            t.deepEqual(body.HostConfig.Mounts, [{ Type: "volume", Source: "v", Target: "/volume" }]);
            return hasImage ? { Id: "c1" } : undefined;
        }
        if (call.startsWith("HEAD")) {
            return call === `HEAD /containers/c1/archive?path=${has}` ? {} : undefined;
        }
        if (call.startsWith("DELETE")) {
            removed.push(/containers\/(\w+)\?force=true&v=true/.exec(call)?.[1] ?? call);
        }
        return call.endsWith("/wait") ? { StatusCode: exitCode } : {};
    });
    return { host, removed, calls };
}
