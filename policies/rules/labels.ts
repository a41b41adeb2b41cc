import type { ResourceValidationArgs } from "@pulumi/policy";
import { type Inputs, rule, UNKNOWN } from "./rule.ts";

const DEFAULT_KEYS = ["stack"];

/** The label by which Docker's tools group services and containers. */
const STACK = "com.docker.stack.namespace";

function* onDocker({ labels }: Inputs) {
    if (!(labels ?? []).some(({ label }: Inputs) => label === STACK || label === UNKNOWN)) {
        yield `It does not say which stack it belongs to. Add the label ${STACK} with the stack's name.`;
    }
}

function* onGoogle({ labels }: Inputs, args: ResourceValidationArgs) {
    const { keys = DEFAULT_KEYS } = args.getConfig<{ keys?: string[] }>();
    const given = labels === UNKNOWN ? undefined : { ...defaultLabels(args), ...labels };
    const missing = given ? keys.filter((key) => !(key in given)) : [];
    if (missing.length > 0) {
        yield `Labels show its owner and its cost. Add labels: { ${missing.map((key) => `${key}: …`).join(", ")} }.`;
    }
}

/** The labels that the provider adds to everything that it creates. */
function defaultLabels({ provider }: ResourceValidationArgs): Record<string, string> {
    const given = provider?.props.defaultLabels ?? {};
    return typeof given === "string" ? JSON.parse(given) : given;
}

export const labels = rule(
    "labels",
    "Resources that run or cost money have labels.",
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
