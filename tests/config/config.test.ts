import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { declarations } from "../../config/declared.ts";
import { withoutEffect } from "../../config/problems.ts";
import { OWN } from "../../config/settings.ts";
import { settingsWith } from "./settings.ts";

/** The package has no types. */
const { load } = createRequire(import.meta.url)("js-yaml");

test.serial("the defaults are accepted", (t) => {
    t.like(settingsWith("local"), {
        target: "local",
        cores: 0,
        driverMemory: "2g",
        mongoUri: undefined,
        prices: "auto",
        zone: "auto",
        label: "auto",
        testPercent: 20,
        models: ["linear", "tree", "forest", "boosted"],
        trainRows: 2_000_000,
        trainSeconds: 0,
    });
});

for (const [key, value, allowed] of [
    ["target", "swarm", "local, dev, gcp"],
    ["workspace", "relative/folder", "an absolute path"],
    ["cores", "-1", "a whole number from 0 to 1024"],
    ["cores", "1.5", "a whole number from 0 to 1024"],
    ["driverMemory", "2 GB", "a size in m or g"],
    ["driverMemory", "256m", "at least 512m"],
    ["mongoPort", "70000", "a whole number from 0 to 65535"],
    ["mongoDatabase", "a b", "letters, digits"],
    ["zone", "Europe/Paris", "auto, GMT, Europe/London"],
    ["label", "middle", "auto, start, end"],
    ["testPercent", "51", "a whole number from 5 to 50"],
    ["models", "linear,shrub", "one or more of linear, tree, forest, boosted"],
    ["models", "tree,tree", "each once"],
    ["trainRows", "0", "a whole number from 10000 to 10000000000"],
    ["trainSeconds", "-1", "a whole number from 0 to 86400"],
    ["documents", "hourly", "auto, daily, raw"],
    ["schedule", "@daily", "the five fields of cron"],
    ["schedule", "0 24 * * *", "the five fields of cron"],
    ["schedule", "*/0 * * * *", "the five fields of cron"],
    ["schedule", "5/15 * * * *", "the five fields of cron"],
    ["schedule", "0 3 * * mon", "the five fields of cron"],
    ["schedule", "0 3 30,31 2 *", "for a day that exists"],
    ["schedule", "0 3 30 2 */2", "the five fields of cron"],
    ["schedule", "0 3 */2 * 1", "the five fields of cron"],
    ["timeZone", "London", "an IANA time zone"],
    ["workers", "-1", "a whole number from 0 to 1000"],
    ["workerMemory", "lots", "a size in m or g"],
    ["datanodes", "0", "a whole number from 1 to 1000"],
    ["mongoImage", "", "an image, or ./ and a folder"],
    ["registry", "https://host", "host:port/folder"],
    ["nodes", "one two", "host names separated by commas"],
    ["nodes", "one,two,one", "each once"],
    ["rotation", "-1", "a whole number from 0 to 1000000"],
    ["rotationSpark", "0.5", "a whole number from 0 to 1000000"],
    ["maxSecretAgeDays", "0", "a whole number from 1 to 36500"],
    ["jupyterPort", "0", "a whole number from 1 to 65535"],
    ["gatewayName", "https://power.example.com", "a host name in lower case"],
] as const) {
    test.serial(
        `${key} = "${value}" is refused, with the allowed values and the command that sets it`,
        (t) => {
            const error = t.throws(() => settingsWith("local", { [key]: value }), {
                instanceOf: pulumi.RunError,
            });
            t.true(error.message.includes(`london-power:${key} is`), error.message);
            t.true(error.message.includes(allowed), error.message);
            t.true(error.message.includes(`pulumi config set london-power:${key} `), error.message);
        },
    );
}

for (const schedule of [
    "",
    "0 3 * * *",
    "*/15 0-6,22 1 1-12/2 7",
    "0 3 29 2 *",
    "0 3 31 4-6 *",
    "0-59/5 * * * 0,6",
]) {
    test.serial(`schedule = "${schedule}" is accepted, on every target`, (t) => {
        for (const target of ["local", "dev"] as const) {
            t.like(settingsWith(target, { schedule }), { schedule, timeZone: "Europe/London" });
        }
    });
}

for (const [target, key, value, ignored] of [
    ["local", "workers", "2", true],
    ["gcp", "workers", "2", false],
    ["local", "workers", "0", false],
    ["dev", "workspace", "/srv/lake", true],
    ["local", "machineType", "n2-standard-8", true],
    ["dev", "schedule", "0 3 * * *", false],
] as const) {
    test.serial(`${key} = "${value}" ${ignored ? "has no effect" : "has an effect"} on ${target}`, (t) => {
        settingsWith("local", { [key]: value });
        const found = withoutEffect(OWN, target);
        const pattern = new RegExp(
            `:${key} has no effect on target ${target}; .*pulumi config rm london-power:${key} `,
        );
        t.is(found.length, ignored ? 1 : 0, found.join());
        t.true(
            found.every((text) => pattern.test(text)),
            found.join(),
        );
    });
}

test("Pulumi.yaml declares the settings of the program", (t) => {
    t.deepEqual(
        load(readFileSync("Pulumi.yaml", "utf8")).config,
        declarations(),
        "run: node tools/declareSettings.ts",
    );
});

test("the description of a setting names the targets that have it, if not all have it", (t) => {
    const { workers, models, datanodes } = declarations();
    t.regex(workers?.description ?? "", /^dev, gcp: The number of Spark workers/);
    t.regex(datanodes?.description ?? "", /^dev: The number/);
    t.regex(models?.description ?? "", /^The models/);
});

test.serial("several nodes need a registry", (t) => {
    const error = t.throws(() => settingsWith("dev", { nodes: "one,two" }), { instanceOf: pulumi.RunError });
    t.regex(error.message, /pulumi config set london-power:registry host:5000 --stack/);
    const { nodes } = settingsWith("dev", { nodes: "one,two", registry: "registry:5000" });
    t.deepEqual(nodes, ["one", "two"]);
    t.deepEqual(settingsWith("dev", { nodes: "one" }).nodes, ["one"]);
});

test.serial("all wrong keys are named at once", (t) => {
    const error = t.throws(() => settingsWith("local", { cores: "-1", testPercent: "90" }));
    t.regex(error.message, /testPercent[\s\S]*cores/);
});

test.serial("an unknown key is refused, and the message lists the settings", (t) => {
    const error = t.throws(() => settingsWith("local", { datta: "x.csv" }));
    t.regex(error.message, /london-power:datta is not a setting; the settings are target, data, /);
    t.regex(error.message, /pulumi config rm london-power:datta/);
});

test.serial("a secret connection string is accepted and stays secret", async (t) => {
    const { mongoUri } = settingsWith("local", { mongoUri: "mongodb://me:pw@db.example/" }, ["mongoUri"]);
    t.true(mongoUri && (await pulumi.isSecret(mongoUri)));
});

for (const [what, uri, secret] of [
    ["in plain text", "mongodb://me:Winter-Garden-7@db.example/", false],
    ["of another protocol", "http://me:Winter-Garden-7@db.example/", true],
] as const) {
    test.serial(`a connection string ${what} is refused and not repeated`, (t) => {
        const error = t.throws(() => settingsWith("local", { mongoUri: uri }, secret ? ["mongoUri"] : []));
        t.regex(error.message, /pulumi config set --secret london-power:mongoUri/);
        t.false(error.message.includes("Winter-Garden-7"));
    });
}

const PEM =
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nWinter-Garden-7\n-----END PRIVATE KEY-----\n";

test.serial("a certificate with its key is accepted for a name, and stays secret", async (t) => {
    const { gatewayCertificate, gatewayName } = settingsWith(
        "dev",
        { gatewayName: "power.example.com", gatewayCertificate: PEM },
        ["gatewayCertificate"],
    );
    t.is(gatewayName, "power.example.com");
    t.true(gatewayCertificate && (await pulumi.isSecret(gatewayCertificate)));
});

for (const [what, pem, secret] of [
    ["in plain text", PEM, false],
    ["without its key", PEM.slice(0, PEM.indexOf("-----BEGIN PRIVATE")), true],
    ["that is not there, for a name of the user's own,", "", false],
] as const) {
    test.serial(`a certificate ${what} is refused and not repeated`, (t) => {
        const settings = { gatewayName: "power.example.com", gatewayCertificate: pem };
        const error = t.throws(() => settingsWith("dev", settings, secret ? ["gatewayCertificate"] : []));
        t.regex(error.message, /pulumi config set --secret london-power:gatewayCertificate --stack/);
        t.false(error.message.includes("Winter-Garden-7"));
    });
}
