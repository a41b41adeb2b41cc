import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { type Inputs, rule, UNKNOWN } from "./rule.ts";
import { isSecretByName, secretsIn } from "./secretText.ts";

const MEND = "Deliver it as a file: a Docker secret or Secret Manager, and its path here.";

export const noPlaintextSecrets = rule(
    "no-plaintext-secrets",
    "Environment, arguments, labels and Spark properties contain no secret.",
    {
        *"docker:index/service:Service"({ taskSpec, labels }: Inputs) {
            const { env, args, commands, labels: own } = taskSpec?.containerSpec ?? {};
            yield* inVariables("environment", env);
            yield* inArguments([...(commands ?? []), ...(args ?? [])]);
            yield* inVariables("labels", labelled([...(labels ?? []), ...(own ?? [])]));
        },
        *"docker:index/container:Container"({ envs, entrypoints, command, labels }: Inputs) {
            yield* inVariables("environment", variables(envs));
            yield* inArguments([...(entrypoints ?? []), ...(command ?? [])]);
            yield* inVariables("labels", labelled(labels ?? []));
        },
        *"docker:index/serviceConfig:ServiceConfig"({ data }: Inputs) {
            // Everybody with access to the engine can read a Docker config.
            yield* inText("data", Buffer.from(`${data}`, "base64").toString("utf8"));
        },
        *"docker:index/remoteImage:RemoteImage"({ build }: Inputs) {
            yield* inVariables("build arguments", withoutProxies(build?.buildArgs ?? build?.buildArg));
        },
        *"london-power:spark:SparkRun"({ args, conf }: Inputs) {
            yield* inArguments(args ?? []);
            yield* inVariables("conf", conf);
        },
        *"gcp:dataproc/batch:Batch"({ pysparkBatch, runtimeConfig }: Inputs) {
            yield* inArguments(pysparkBatch?.args ?? []);
            yield* inVariables("properties", runtimeConfig?.properties);
        },
        *"gcp:dataproc/job:Job"({ pysparkConfig }: Inputs) {
            yield* inArguments(pysparkConfig?.args ?? []);
            yield* inVariables("properties", pysparkConfig?.properties);
        },
        *"gcp:dataproc/cluster:Cluster"({ clusterConfig }: Inputs) {
            yield* inVariables("metadata", clusterConfig?.gceClusterConfig?.metadata);
            yield* inVariables("properties", clusterConfig?.softwareConfig?.overrideProperties);
        },
        *"gcp:workbench/instance:Instance"({ gceSetup }: Inputs) {
            yield* inVariables("metadata", gceSetup?.metadata);
        },
        *"gcp:compute/instance:Instance"({ metadata }: Inputs) {
            yield* inVariables("metadata", metadata);
        },
    },
);

/** The types that may contain a generated password. All others get the name or id of a secret. */
const KEEPERS = [
    "docker:index/secret:Secret",
    "gcp:secretmanager/secretVersion:SecretVersion",
    "gcp:firestore/userCreds:UserCreds",
    "london-power:local:SecretFile",
    "london-power:mongo:MongoAdmin",
    "london-power:mongo:MongoUser",
    "pulumi:pulumi:Stack",
];
const GENERATED = ["random:index/randomPassword:RandomPassword", "random:index/randomBytes:RandomBytes"];

/** Follows dependencies, so that it also finds a password that is not known yet or has an unusual name. */
export const generatedSecretsStaySecret: StackValidationPolicy = {
    name: "generated-secrets-stay-secret",
    description: "Only secrets contain a generated password.",
    validateStack({ resources }, report) {
        for (const resource of resources.filter(({ type }) => !KEEPERS.includes(type))) {
            for (const [property, of] of passwordsIn(resource)) {
                report(
                    `${property} contains the generated password ${of}, which everybody with access to ${resource.name} can ` +
                        `read. ${MEND}`,
                    resource.urn,
                );
            }
        }
    },
};

function passwordsIn({ propertyDependencies }: PolicyResource): [property: string, password: string][] {
    return Object.entries(propertyDependencies).flatMap(([property, sources]) =>
        sources
            .filter(({ type }) => GENERATED.includes(type))
            .map(({ name }): [string, string] => [property, name]),
    );
}

/** Leaves out proxies. Docker keeps them out of the image's history, and our components mark them as secrets in the state. */
function withoutProxies(values: Record<string, unknown> = {}): Record<string, unknown> {
    return Object.fromEntries(Object.entries(values).filter(([name]) => !/^(https?|no)_proxy$/i.test(name)));
}

function* inVariables(where: string, values: Record<string, unknown> = {}): Iterable<string> {
    for (const [name, value] of Object.entries(values)) {
        if (isText(value) && isSecretByName(name, value)) {
            yield `The name of ${name} in the ${where} says that it is a secret, in plain text. ${MEND}`;
        } else {
            yield* inText(`${name} in the ${where}`, value);
        }
    }
}

function* inArguments(words: unknown[]): Iterable<string> {
    for (const [i, word] of words.entries()) {
        const [, option, joined] = /^--?([\w-]+)(?:=(.*))?$/s.exec(`${word}`) ?? [];
        const value = joined ?? words[i + 1];
        const given = isText(value) && !(joined === undefined && value.startsWith("-"));
        if (option && given && isSecretByName(option, value)) {
            yield `The name of the argument --${option} says that it is a secret, which every user of the machine can read. ${MEND}`;
        } else {
            yield* inText("An argument", word);
        }
    }
}

function* inText(where: string, text: unknown): Iterable<string> {
    for (const what of isText(text) ? secretsIn(text) : []) {
        yield `${where} contains ${what} in plain text. ${MEND}`;
    }
}

function isText(value: unknown): value is string {
    return typeof value === "string" && value !== "" && value !== UNKNOWN;
}

/** Returns `["NAME=value"]` as a record. */
function variables(envs: string[] = []): Record<string, string> {
    const pairs = envs.map((text) => [text.split("=", 1)[0] ?? "", text.slice(text.indexOf("=") + 1)]);
    return Object.fromEntries(pairs);
}

function labelled(labels: Inputs[]): Record<string, unknown> {
    return Object.fromEntries(labels.map(({ label, value }) => [label, value]));
}
