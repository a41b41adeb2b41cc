import type { ResourceValidationArgs } from "@pulumi/policy";
import { type Inputs, rule, UNKNOWN } from "./rule.ts";

const DEFAULT_KEYS = ["stack"];

/** Docker's own tools group by this label; a service's or container's owner is not told by anything else. */
const STACK = "com.docker.stack.namespace";

function* onDocker({ labels }: Inputs) {
    if (!(labels ?? []).some(({ label }: Inputs) => label === STACK || label === UNKNOWN)) {
        yield `Nothing tells which stack it belongs to. Add the label ${STACK} with the stack's name.`;
    }
}

function* onGoogle({ labels }: Inputs, args: ResourceValidationArgs) {
    const { keys = DEFAULT_KEYS } = args.getConfig<{ keys?: string[] }>();
    const given = labels === UNKNOWN ? undefined : { ...defaultLabels(args), ...labels };
    const missing = given ? keys.filter((key) => !(key in given)) : [];
    if (missing.length > 0) {
        yield `Without labels its cost and owner cannot be told. Add labels: { ${missing.map((key) => `${key}: …`).join(", ")} }.`;
    }
}

/** Those that the provider gives to all that it makes. */
function defaultLabels({ provider }: ResourceValidationArgs): Record<string, string> {
    const given = provider?.props.defaultLabels ?? {};
    return typeof given === "string" ? JSON.parse(given) : given;
}

export const labels = rule(
    "labels",
    "What runs or costs carries labels.",
    {
        "docker:index/service:Service": onDocker,
        "docker:index/container:Container": onDocker,
        "gcp:storage/bucket:Bucket": onGoogle,
        "gcp:bigquery/dataset:Dataset": onGoogle,
        "gcp:dataproc/cluster:Cluster": onGoogle,
        "gcp:dataproc/batch:Batch": onGoogle,
        "gcp:artifactregistry/repository:Repository": onGoogle,
        "gcp:workbench/instance:Instance": onGoogle,
        "gcp:compute/instance:Instance": onGoogle,
        "gcp:secretmanager/secret:Secret": onGoogle,
    },
    {
        configSchema: {
            properties: { keys: { type: "array", items: { type: "string" }, default: DEFAULT_KEYS } },
        },
    },
);
