// The grammar of Google's names and values, which its provider leaves to the API: that refuses them halfway through a
// deployment. Sources are the pages of cloud.google.com named beside them.

import type { Rule } from "./kinds.ts";

/** Part of names and labels; the shortest that it has to fit in is a service account's id of 30 characters. */
export const STACK = /^[a-z]([a-z0-9-]{0,14}[a-z0-9])?$/;

/** resource-manager/docs/creating-managing-projects */
export const PROJECT: Rule = {
    allowed: "a project's id: 6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last",
    pattern: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    example: "my-project-123",
};

/** compute/docs/regions-zones */
export const REGION: Rule = {
    allowed: "a region such as europe-west2",
    pattern: /^[a-z]+-[a-z]+\d+$/,
    example: "europe-west2",
};

/** compute/docs/regions-zones */
export const ZONE: Rule = {
    allowed: "a zone such as europe-west2-b",
    pattern: /^[a-z]+-[a-z]+\d+-[a-z]$/,
    example: "europe-west2-b",
};

/** compute/docs/machine-resource */
export const MACHINE_TYPE: Rule = {
    allowed: "a machine type such as e2-standard-4 or n2-custom-4-8192",
    pattern:
        /^(([a-z]\d[a-z]?-)?custom-\d+-\d+(-ext)?|[a-z]\d[a-z]?-(micro|small|medium|(standard|high(mem|cpu|gpu)|(mega|ultra|hyper)mem)-\d+(-lssd)?))$/,
    example: "e2-standard-4",
};

/** dataproc/docs/concepts/components/overview, for images 2.2 */
export const COMPONENT: Rule = {
    allowed:
        "Dataproc's optional components: DELTA, DOCKER, FLINK, HBASE, HIVE_WEBHCAT, HUDI, ICEBERG, JUPYTER, PIG, RANGER, SOLR, TRINO, ZEPPELIN, ZOOKEEPER",
    pattern:
        /^(DELTA|DOCKER|FLINK|HBASE|HIVE_WEBHCAT|HUDI|ICEBERG|JUPYTER|PIG|RANGER|SOLR|TRINO|ZEPPELIN|ZOOKEEPER)$/,
    example: "JUPYTER",
};

/** dataproc/docs/concepts/versioning/overview */
export const IMAGE_VERSION: Rule = {
    allowed: "an image version with its system, such as 2.2-debian12",
    pattern: /^\d+\.\d+(\.\d+)?-(debian|ubuntu|rocky)\d+$/,
    example: "2.2-debian12",
};

/** dataproc-serverless/docs/guides/custom-containers */
export const SERVERLESS_IMAGE: Rule = {
    allowed: "an image of Artifact Registry by version or digest, or nothing for one that Cloud Build makes",
    pattern: /^$|^[a-z0-9-]+-docker\.pkg\.dev\/[^\s:@]+(:(?!latest$)[\w.-]+|@sha256:[0-9a-f]{64})$/,
    example: "europe-west2-docker.pkg.dev/my-project-123/london-power/spark:1",
};

/** A duration of protocol buffers' JSON; dataproc/docs/concepts/configuring-clusters/scheduled-deletion has the bounds. */
export const IDLE_TIME: Rule = {
    allowed: "300s to 1209600s, that is 5 minutes to 14 days, or nothing",
    pattern: { test: isIdleTime },
    example: "3600s",
};

/** vpc/docs/subnets, RFC 1918 */
export const PRIVATE_RANGE: Rule = {
    allowed: "private addresses such as 10.42.0.0/20, from /16 to /26, no bit set behind the prefix",
    pattern: { test: isPrivateRange },
    example: "10.42.0.0/20",
};

/** iam/docs/principal-identifiers; everybody is not among them. */
export const MEMBER: Rule = {
    allowed:
        "user:, group: or serviceAccount: and an e-mail address, domain: and a domain, principal:// or principalSet:// and a name",
    pattern:
        /^((user|group|serviceAccount):[^\s@:,]+@[\w-]+(\.[\w-]+)+|domain:[\w-]+(\.[\w-]+)+|principal(Set)?:\/\/iam\.googleapis\.com\/\S+)$/,
    example: "group:analysts@example.org",
};

/** iam/docs/roles-overview; owner, editor and viewer reach every service. */
export const ROLE: Rule = {
    allowed: "a predefined role such as roles/storage.objectViewer, or a custom one of the project",
    pattern: /^(roles\/[a-z]\w*(\.\w+)+|projects\/[a-z][a-z0-9-]+\/roles\/[\w.]{3,64})$/,
    example: "roles/storage.objectViewer",
};

/** resource-manager/docs/labels-overview */
export const LABEL: Rule = {
    allowed: "key=value, each of lower-case letters, digits, _ and -, at most 63, a letter first in the key",
    pattern: /^[a-z][a-z0-9_-]{0,62}=[a-z0-9_-]{0,63}$/,
    example: "team=data",
};

/** kms/docs/getting-resource-ids */
export const KMS_KEY: Rule = {
    allowed: "a key's whole name, projects/P/locations/L/keyRings/R/cryptoKeys/K, or nothing",
    pattern: /^(projects\/[^\s/]+\/locations\/[^\s/]+\/keyRings\/[\w-]{1,63}\/cryptoKeys\/[\w-]{1,63})?$/,
    example: "projects/my-project-123/locations/europe-west2/keyRings/london-power/cryptoKeys/data",
};

/** The same, or nothing. */
export function optional({ allowed, pattern, example }: Rule): Rule {
    return {
        allowed: `${allowed}, or nothing`,
        pattern: { test: (text) => text === "" || pattern.test(text) },
        example,
    };
}

function isIdleTime(text: string): boolean {
    const seconds = Number.parseInt(text, 10);
    return text === "" || (/^[1-9]\d*s$/.test(text) && seconds >= 300 && seconds <= 14 * 86_400);
}

function isPrivateRange(text: string): boolean {
    const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text)?.slice(1).map(Number);
    if (!parts || parts.slice(0, 4).some((octet) => octet > 255)) {
        return false;
    }
    const [a, b, c, d, prefix] = parts as [number, number, number, number, number];
    const isPrivate = a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168);
    const address = ((a * 256 + b) * 256 + c) * 256 + d;
    return isPrivate && prefix >= 16 && prefix <= 26 && address % 2 ** (32 - prefix) === 0;
}
