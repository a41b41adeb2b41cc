import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import test from "ava";
import { jobWith } from "../job.ts";
import { record, settled } from "../recorder.ts";
import { engineWith } from "./engines.ts";
import { SETTINGS } from "./settings.ts";

/** Names of resources in the order in which they were begun and ended. */
const began: string[] = [];
const ended: string[] = [];
let generation = 0;
const recorded = record(async ({ type, name, inputs }) => {
    began.push(name);
    // What does not wait for it would begin meanwhile.
    await sleep(20);
    ended.push(name);
    return {
        ...(type.endsWith("RemoteImage") && { imageId: "i" }),
        ...(type.endsWith("Volume") && { name: inputs.name ?? "made" }),
        ...(type.endsWith("RandomPassword") && {
            result: `${name}:${inputs.keepers?.rotation ?? "for good"}`,
        }),
        ...(type.endsWith("Timestamp") && { at: `time ${generation++}` }),
    };
});
const { SwarmPlatform } = await import("../../../components/swarm/index.ts");

test.serial("the two users of each consumer take turns", async (t) => {
    await platformWith({});
    t.regex(
        contentOf("a-documents-ingest"),
        /^mongodb:\/\/ingest-a:a-documents-users-ingest-a-password:0@mongo:/,
    );
    t.is(
        contentOf("a-documents-mongo-express"),
        "mongo-express-a\na-documents-users-mongo-express-a-password:0",
    );
    await platformWith({ rotationMongo: 1 });
    t.regex(
        contentOf("a-documents-ingest"),
        /^mongodb:\/\/ingest-b:a-documents-users-ingest-b-password:1@mongo:/,
    );
    await platformWith({ rotation: 1, rotationMongo: 1 });
    t.regex(
        contentOf("a-documents-ingest"),
        /^mongodb:\/\/ingest-a:a-documents-users-ingest-a-password:2@mongo:/,
    );
});

for (const [rotation, used, idle] of [
    [0, "a", "b"],
    [1, "b", "a"],
] as const) {
    test.serial(
        `users ${used} exist before their consumers get them, and users ${idle} lose their rights afterwards`,
        async (t) => {
            await platformWith({ rotation, schedule: "0 3 * * *" });
            const consumers = ["a-mongo-express-mongo-express", "a-jupyter-jupyter", "a-scheduler-scheduler"];
            for (const user of ["ingest", "analysis", "mongo-express"]) {
                for (const consumer of consumers) {
                    t.true(follows(consumer, `a-documents-users-${user}-${used}`), consumer);
                    t.true(follows(`a-documents-users-${user}-${idle}`, consumer), user);
                }
                t.true(follows(`a-documents-users-${user}-${used}`, "a-documents-users-root"));
                t.is(inputsOf(`a-documents-users-${user}-${used}`).roles.length, 1);
                t.deepEqual(inputsOf(`a-documents-users-${user}-${idle}`).roles, []);
                t.not(
                    plain(inputsOf(`a-documents-users-${user}-${idle}`).password),
                    plain(inputsOf(`a-documents-users-${user}-${used}`).password),
                );
            }
        },
    );
}

test.serial(
    "a rotation changes the root user's password on the server only, and the initial password stays",
    async (t) => {
        await platformWith({ rotation: 3 });
        t.is(contentOf("a-documents-root"), "a-documents-users-initial-password:for good");
        const root = inputsOf("a-documents-users-root");
        t.is(plain(root.password), "a-documents-users-root-password:3");
        t.is(plain(root.initialPassword), "a-documents-users-initial-password:for good");
        t.regex(
            plain(inputsOf("a-documents-users-ingest-a").adminUri),
            /^mongodb:\/\/root:a-documents-users-root-password:3@127\.0\.0\.1:27017\/\?authSource=admin/,
        );
    },
);

for (const [key, secret] of [
    ["rotationSpark", "a-spark"],
    ["rotationJupyter", "a-jupyter-token"],
    ["rotationExpress", "a-mongo-express-login"],
    ["rotationGateway", "a-gateway-login"],
] as const) {
    test.serial(`${key} changes the password of ${secret} and no other`, async (t) => {
        await platformWith({});
        const before = passwords();
        await platformWith({ [key]: 1 });
        const after = passwords();
        const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
        t.deepEqual(changed, [`${secret}-password`]);
        // The gateway has no use for the password itself.
        const password = `${secret}-password:1`;
        t.is(contentOf(secret), key === "rotationGateway" ? sha256(basic("admin", password)) : password);
    });
}

test.serial("a rotation is no reason for a job to run again", async (t) => {
    const causesAt = async (rotation: number) => {
        await platformWith({ rotation });
        const { launcher, ...causes } = inputsOf("ingest");
        t.is(launcher.secrets.length, 1);
        t.deepEqual(Object.keys(launcher.logins).sort(), ["analysis", "ingest"]);
        return causes;
    };
    t.deepEqual(await causesAt(1), await causesAt(0));
});

test.serial("services that people open in a browser start the new container first", async (t) => {
    await platformWith({});
    const order = (name: string) => inputsOf(name).updateConfig.order;
    t.is(order("a-jupyter-jupyter"), "start-first");
    t.is(order("a-mongo-express-mongo-express"), "start-first");
    t.is(order("a-gateway-pages"), "start-first");
    t.is(order("a-documents-mongo"), "stop-first", "two servers must not share their data");
});

async function platformWith(changes: Partial<typeof SETTINGS>): Promise<void> {
    for (const list of [recorded, began, ended]) {
        list.length = 0;
    }
    const platform = new SwarmPlatform("a", { ...SETTINGS, ...changes }, engineWith());
    platform.run("pipeline", [jobWith("ingest")]);
    await settled();
}

/** Whether a resource was begun only when another had ended. */
function follows(later: string, earlier: string): boolean {
    const done = ended.slice(0, ended.indexOf(later));
    return done.includes(earlier) && began.indexOf(later) >= ended.indexOf(earlier);
}

// biome-ignore lint/suspicious/noExplicitAny: the inputs are what the tests look into.
function inputsOf(name: string): any {
    return recorded.find((resource) => resource.name === name && resource.type.split(":")[1] !== "swarm")
        ?.inputs;
}

/** Returns the content of a secret's file. */
function contentOf(name: string): string {
    return Buffer.from(plain(inputsOf(`${name}-secret`).data), "base64").toString();
}

/** The header that a browser sends. */
function basic(user: string, password: string): string {
    return `Basic ${btoa(`${user}:${password}`)}`;
}

function sha256(text: string): string {
    return createHash("sha256").update(text).digest("hex").toUpperCase();
}

/** The generated passwords, by the name of their resource. */
function passwords(): Record<string, string> {
    const all = recorded.filter(({ type }) => type.endsWith("RandomPassword"));
    return Object.fromEntries(all.map(({ name, inputs }) => [name, inputs.keepers?.rotation ?? ""]));
}

/** Returns the value of a secret input. */
function plain(input: { value?: string } | string): string {
    return typeof input === "string" ? input : (input.value ?? "");
}
