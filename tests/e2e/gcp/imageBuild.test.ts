// The image of Serverless batches, which Cloud Build builds once for each content; a server is in place of Google's.
import test from "ava";
import { imageBuild } from "../../../provider/kinds/imageBuild.ts";
import { FakeGoogle } from "../../fake-google/server.ts";
import { contextWith } from "../../provider/context.ts";

const BUILDER = "builder@p.iam.gserviceaccount.com";

let google: FakeGoogle;
test.before(async () => {
    google = await FakeGoogle.start();
    await google.storage.makeBucket("files");
    await post("/v1/projects/p/serviceAccounts", { accountId: "builder", serviceAccount: {} });
    await post("/v1/projects/p/locations/europe-west2/repositories?repositoryId=images", {
        format: "DOCKER",
    });
});
test.after.always(() => google?.stop());

test.serial("an image is built once for each content, and again where somebody has deleted it", async (t) => {
    const inputs = await inputsFor("one");
    const said: string[] = [];
    const { id, outputs } = await imageBuild.create(
        inputs,
        contextWith({ progress: (line) => said.push(line) }),
    );
    t.is(outputs.image, "europe-west2-docker.pkg.dev/p/images/spark:one");
    t.deepEqual(said, ["Cloud Build says WORKING"]);
    t.deepEqual(await imageBuild.read(id, outputs, inputs), outputs);

    await imageBuild.create(inputs, contextWith());
    t.is(await builds(), 1, "the same content is there already");
    const changed = await inputsFor("two");
    const change = { id, oldInputs: inputs, oldOutputs: outputs, inputs: changed };
    t.deepEqual(await imageBuild.diff(change, contextWith()), { properties: ["files"] });
    t.is(
        (await imageBuild.update(change, contextWith())).image,
        "europe-west2-docker.pkg.dev/p/images/spark:two",
    );
    t.is(await builds(), 2);
    t.is(await imageBuild.read(id, outputs, await inputsFor("never")), undefined);
});

test.serial("a build that fails says why, and where its log is", async (t) => {
    const inputs = { ...(await inputsFor("three")), dockerfile: "none/Dockerfile" };
    await t.throwsAsync(imageBuild.create(inputs, contextWith()), {
        message: /could not build the image .* FAILURE: .* none\/Dockerfile: no such file.* Its log: https:/,
    });
});

test.serial("Ctrl-C cancels a build", async (t) => {
    const controller = new AbortController();
    const context = contextWith({
        signal: controller.signal,
        progress: () => controller.abort(new Error("stopped")),
    });
    await t.throwsAsync(imageBuild.create(await inputsFor("four"), context), { message: "stopped" });
    const { builds: all } = (await get("builds")) as { builds: { images: string[]; status: string }[] };
    t.is(all.find(({ images }) => images[0]?.endsWith(":four"))?.status, "CANCELLED");
});

async function inputsFor(version: string) {
    await google.storage.write(
        "files",
        `image/${version}/images/serverless/Dockerfile`,
        Buffer.from("FROM scratch"),
    );
    return {
        project: "p",
        region: "europe-west2",
        repository: "images",
        files: `gs://files/image/${version}`,
        dockerfile: "images/serverless/Dockerfile",
        serviceAccount: BUILDER,
        endpoint: google.url,
    };
}

async function builds(): Promise<number> {
    return ((await get("builds")) as { builds: object[] }).builds.length;
}

async function get(what: string): Promise<object> {
    return (
        await fetch(`${google.url}/v1/projects/p/locations/europe-west2/${what}`)
    ).json() as Promise<object>;
}

async function post(path: string, body: object): Promise<void> {
    const answer = await fetch(google.url + path, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) {
        throw new Error(await answer.text());
    }
}
