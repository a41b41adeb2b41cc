import { type Inputs, rule, UNKNOWN } from "./rule.ts";

export const pinnedImages = rule("pinned-images", "The name of an image has a version or a digest.", {
    *"docker:index/service:Service"({ taskSpec }: Inputs) {
        yield* floating(taskSpec?.containerSpec?.image);
    },
    *"docker:index/container:Container"({ image }: Inputs) {
        yield* floating(image);
    },
    *"docker:index/remoteImage:RemoteImage"({ name }: Inputs) {
        yield* floating(name);
    },
    *"gcp:dataproc/batch:Batch"({ runtimeConfig }: Inputs) {
        yield* floating(runtimeConfig?.containerImage);
    },
    *"gcp:workbench/instance:Instance"({ gceSetup }: Inputs) {
        const { repository, tag } = gceSetup?.containerImage ?? {};
        yield* floating(repository && (tag ? `${repository}:${tag}` : repository));
    },
});

function* floating(image: string | undefined): Iterable<string> {
    // An id of an image is as exact as a digest.
    if (!image || image === UNKNOWN || /@sha256:|^sha256:/.test(image)) {
        return;
    }
    // A colon before the last slash belongs to the registry's port.
    const tag = /:([^/:]+)$/.exec(image)?.[1];
    if (tag === undefined || tag === "latest") {
        yield `${image} changes with every push. Name a version (${image.replace(/:latest$/, "")}:1.2.3) or a digest.`;
    }
}
