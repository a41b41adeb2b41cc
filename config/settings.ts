import * as pulumi from "@pulumi/pulumi";
import { type GoogleSettings, readGoogle } from "./google.ts";
import { Reader } from "./reader.ts";
import { CRON, TIME_ZONE } from "./schedule.ts";
import { ignoredKeys, TARGETS, type Target } from "./targets.ts";

const MEMORY = /^([1-9]\d*g|(51[2-9]|5[2-9]\d|[6-9]\d\d|\d{4,})m)$/;
const MEMORY_WORDS = "a size in m or g such as 1536m or 2g, at least 512m";
/** The models of jobs/pyspark/london_power/train/regressors.py, each once. */
const MODELS =
    /^(?!(.*,)?([^,]+),(.*,)?\2(,|$))(linear|tree|forest|boosted)(,(linear|tree|forest|boosted))*$/;
/** Host names, each once. */
const NODES = /^(?!(.*,)?([^,]+),(.*,)?\2(,|$))([\w.-]+(,[\w.-]+)*)?$/;
const HOST_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
/** More rotations than a stack sees in its life. */
const MANY = 1_000_000;
const IMAGE = /^\S+$/;

/** The checked configuration of the stack. Pulumi.yaml declares the keys, their types and their defaults. */
export interface Settings {
    target: Target;
    /** A CSV file, a folder of CSV files or a glob; absolute or relative to the project's folder. */
    data: string;
    /** CSV file with the price of each half hour on the time-of-use tariff; auto for the one beside the readings, or none. */
    prices: string;
    /** The clock of the readings' times; auto: what the readings show. */
    zone: "auto" | "GMT" | "Europe/London";
    /** Whether a time is the start or the end of its half hour; auto: what the readings show. */
    label: "auto" | "start" | "end";
    /** Absolute path; "" for `.london-power/<stack>` in the project. */
    workspace: string;
    /** Number of cores of a driver; 0 for all cores of the machine. */
    cores: number;
    /** Heap of a driver in JVM notation, such as `2g`. */
    driverMemory: string;
    /** Port of MongoDB on 127.0.0.1; 0 for any free port (local) or 27017 (dev). */
    mongoPort: number;
    /** Connection string of the user's own MongoDB, secret; `undefined` for the target's MongoDB. */
    mongoUri: pulumi.Output<string> | undefined;
    /** Database for readings and results. */
    mongoDatabase: string;
    /** Share of the time span, at its end, that tests the models, in percent. */
    testPercent: number;
    /** Names of the models to train, each once. */
    models: string[];
    /** Largest number of readings for training and test. */
    trainRows: number;
    /** Time for trying parameters, in seconds; 0 for the usual parameters. */
    trainSeconds: number;
    /** Content of a document in MongoDB: a reading (raw), a household's day (daily), or auto: raw up to 100,000 readings. */
    documents: "auto" | "daily" | "raw";
    /** Time at which the pipeline runs again, in the five fields of cron; "" for never. */
    schedule: string;
    /** IANA time zone of `schedule`. */
    timeZone: string;
    /** Number of Spark workers; 0 for the target's default. */
    workers: number;
    /** Number of cores of a worker; 0 for an equal share of the machine's cores. */
    workerCores: number;
    /** Heap of a worker's executors in JVM notation, such as `1536m`. */
    workerMemory: string;
    /** Number of HDFS datanodes. */
    datanodes: number;
    /** Number of datanodes that store each block. */
    replication: number;
    /** Image of Debian 12 that our images are built on. */
    baseImage: string;
    /** Image of MongoDB, or the folder of its Dockerfile: relative to the project's folder, beginning with `./`. */
    mongoImage: string;
    /** Image of mongo-express, or the folder of its Dockerfile. */
    mongoExpressImage: string;
    /** Registry and folder for our images; "" for none. */
    registry: string;
    /** Host names of the swarm's nodes, the engine's first; empty for a swarm of one node. */
    nodes: string[];
    /** Encrypts the traffic between nodes. */
    encryptNetwork: boolean;
    /** Address of the swarm that set-up creates; see tools/setup/docker.sh. */
    advertiseAddress: string;
    /** Number of rotations of all generated credentials, and below of one part each. */
    rotation: number;
    rotationMongo: number;
    rotationJupyter: number;
    rotationSpark: number;
    rotationExpress: number;
    rotationGateway: number;
    /** Age of credentials from which `make doctor` warns, in days. */
    maxSecretAgeDays: number;
    /** Ports of the swarm's gateway on 127.0.0.1. */
    jupyterPort: number;
    mongoExpressPort: number;
    sparkPort: number;
    hdfsPort: number;
    /** Host name under which browsers open the swarm's pages. */
    gatewayName: string;
    /** Certificate chain and private key of the pages in PEM, secret; `undefined` for HTTP. */
    gatewayCertificate: pulumi.Output<string> | undefined;
    /** Settings of the target gcp; absent for the other targets. */
    google?: GoogleSettings;
}

/**
 * Reads the configuration of the stack. Pulumi's CLI has already checked the types that Pulumi.yaml declares.
 *
 * @throws {pulumi.RunError} with the value of each wrong key, the allowed values and the command that sets it
 */
export function readConfig(config = new pulumi.Config("london-power")): Settings {
    const reader = new Reader(config);
    const { text, whole, flag, wrong } = reader;
    const settings: Settings = {
        target: text("target", TARGETS.join(", "), new RegExp(`^(${TARGETS.join("|")})$`), "local") as Target,
        data: text("data", "a CSV file, a folder or a glob", /./, "data/power_1.csv"),
        prices: text("prices", "auto, none or a CSV file", /./, "data/prices/day_ahead.csv"),
        zone: text(
            "zone",
            "auto, GMT, Europe/London",
            /^(auto|GMT|Europe\/London)$/,
            "auto",
        ) as Settings["zone"],
        label: text("label", "auto, start, end", /^(auto|start|end)$/, "auto") as Settings["label"],
        workspace: text("workspace", "an absolute path, or nothing", /^(\/.*)?$/, "/home/me/london-power"),
        cores: whole("cores", 0, 1024, 0),
        driverMemory: text("driverMemory", MEMORY_WORDS, MEMORY, "2g"),
        mongoPort: whole("mongoPort", 0, 65535, 0),
        mongoUri: rawOf(config, "mongoUri") === "" ? undefined : config.requireSecret("mongoUri"),
        mongoDatabase: text("mongoDatabase", "1 to 38 letters, digits, _ and -", /^[\w-]{1,38}$/, "power"),
        testPercent: whole("testPercent", 5, 50, 20),
        models: text(
            "models",
            "one or more of linear, tree, forest, boosted, each once, separated by commas",
            MODELS,
            "linear,boosted",
        ).split(","),
        trainRows: whole("trainRows", 10_000, 10_000_000_000, 2_000_000),
        trainSeconds: whole("trainSeconds", 0, 86_400, 20),
        documents: text(
            "documents",
            "auto, daily, raw",
            /^(auto|daily|raw)$/,
            "auto",
        ) as Settings["documents"],
        schedule: text("schedule", ...CRON),
        timeZone: text("timeZone", ...TIME_ZONE),
        workers: whole("workers", 0, 1000, 3),
        workerCores: whole("workerCores", 0, 1024, 2),
        workerMemory: text("workerMemory", MEMORY_WORDS, MEMORY, "2g"),
        datanodes: whole("datanodes", 1, 1000, 2),
        replication: whole("replication", 1, 512, 2),
        baseImage: text("baseImage", "an image", IMAGE, "debian:bookworm-slim"),
        mongoImage: text("mongoImage", "an image, or ./ and a folder", IMAGE, "mongo:8.0.14"),
        mongoExpressImage: text(
            "mongoExpressImage",
            "an image, or ./ and a folder",
            IMAGE,
            "mongo-express:1.0.2",
        ),
        registry: text(
            "registry",
            "host:port/folder, or nothing",
            /^([\w.-]+(:\d+)?(\/[\w.-]+)*)?$/,
            "host:5000",
        ),
        nodes: text("nodes", "host names separated by commas, each once, or nothing", NODES, "node-1,node-2")
            .split(",")
            .filter((node) => node !== ""),
        encryptNetwork: flag("encryptNetwork"),
        advertiseAddress: text("advertiseAddress", "an address of this machine", /^[\w.:-]+$/, "192.0.2.1"),
        rotation: whole("rotation", 0, MANY, 1),
        rotationMongo: whole("rotationMongo", 0, MANY, 1),
        rotationJupyter: whole("rotationJupyter", 0, MANY, 1),
        rotationSpark: whole("rotationSpark", 0, MANY, 1),
        rotationExpress: whole("rotationExpress", 0, MANY, 1),
        rotationGateway: whole("rotationGateway", 0, MANY, 1),
        maxSecretAgeDays: whole("maxSecretAgeDays", 1, 36500, 90),
        jupyterPort: whole("jupyterPort", 1, 65535, 8888),
        mongoExpressPort: whole("mongoExpressPort", 1, 65535, 8081),
        sparkPort: whole("sparkPort", 1, 65535, 8080),
        hdfsPort: whole("hdfsPort", 1, 65535, 9870),
        gatewayName: text("gatewayName", "a host name in lower case", HOST_NAME, "power.example.com"),
        gatewayCertificate:
            rawOf(config, "gatewayCertificate") === ""
                ? undefined
                : config.requireSecret("gatewayCertificate"),
    };
    checkMongoUri(config, wrong);
    checkRegistry(settings, wrong);
    checkCertificate(config, settings, wrong);
    const keys = Object.keys(settings);
    settings.google = readGoogle(reader, settings);
    checkKeys(config, [...new Set([...keys, ...reader.keys])], wrong);
    if (wrong.length > 0) {
        throw new pulumi.RunError(
            `the configuration of stack ${pulumi.getStack()} is wrong:\n${wrong.join("\n")}`,
        );
    }
    for (const ignored of ignoredKeys(config, settings.target)) {
        void pulumi.log.warn(ignored);
    }
    return settings;
}

/** Without this check a mistyped key would have no effect and no message. */
function checkKeys(config: pulumi.Config, known: string[], wrong: string[]): void {
    const prefix = `${config.name}:`;
    const set = Object.keys(pulumi.runtime.allConfig()).filter((key) => key.startsWith(prefix));
    for (const key of set.filter((name) => !known.includes(name.slice(prefix.length)))) {
        wrong.push(
            `${key} is not a setting; the settings are ${known.join(", ")}. ` +
                `Remove it: pulumi config rm ${key} --stack ${pulumi.getStack()}`,
        );
    }
}

/** Only the engine's node builds images; the others pull them from a registry. */
function checkRegistry({ nodes, registry }: Settings, wrong: string[]): void {
    if (nodes.length > 1 && registry === "") {
        wrong.push(
            "london-power:nodes names several nodes, which pull our images from a registry, but " +
                "london-power:registry is not set. " +
                `Set it: pulumi config set london-power:registry host:5000 --stack ${pulumi.getStack()}`,
        );
    }
}

function checkMongoUri(config: pulumi.Config, wrong: string[]): void {
    checkSecret(config, wrong, {
        key: "mongoUri",
        holds: [/^mongodb(\+srv)?:\/\/[^\s/]+/],
        problem: "does not start with mongodb:// or mongodb+srv:// and a host",
        mend: "pulumi config set --secret london-power:mongoUri mongodb://user:password@host:27017/",
    });
}

function checkCertificate(config: pulumi.Config, { gatewayName }: Settings, wrong: string[]): void {
    const mend = "cat chain.pem key.pem | pulumi config set --secret london-power:gatewayCertificate";
    checkSecret(config, wrong, {
        key: "gatewayCertificate",
        holds: [/-----BEGIN CERTIFICATE-----/, /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
        problem: "does not contain both a certificate and its private key in PEM",
        mend,
    });
    if (gatewayName !== "localhost" && rawOf(config, "gatewayCertificate") === "") {
        wrong.push(
            `london-power:gatewayName is "${gatewayName}", which needs a certificate, but ` +
                `london-power:gatewayCertificate is not set. Set it: ${mend} --stack ${pulumi.getStack()}`,
        );
    }
}

interface SecretRule {
    key: string;
    /** Patterns that a value has to contain. */
    holds: RegExp[];
    /** The message about a value that does not contain them. */
    problem: string;
    /** The command that sets the key, without `--stack`. */
    mend: string;
}

/** Checks a secret; no message contains its value. */
function checkSecret(config: pulumi.Config, wrong: string[], rule: SecretRule): void {
    const key = `${config.name}:${rule.key}`;
    const value = rawOf(config, rule.key);
    const stack = pulumi.getStack();
    const mend = `Set it: ${rule.mend} --stack ${stack}`;
    if (value === "") {
        return;
    }
    if (!rule.holds.every((pattern) => pattern.test(value))) {
        wrong.push(`${key} ${rule.problem}. ${mend}`);
    }
    if (!isSecret(key)) {
        wrong.push(`${key} is in plain text in Pulumi.${stack}.yaml. ${mend}`);
    }
}

/** The value of a secret, for checks only: `Config.require` warns of every secret that is not read as an output. */
function rawOf(config: pulumi.Config, key: string): string {
    return pulumi.runtime.getConfig(`${config.name}:${key}`) ?? "";
}

/** The SDK has this function, but its types do not declare it. */
function isSecret(key: string): boolean {
    return (pulumi.runtime as unknown as { isConfigSecret(key: string): boolean }).isConfigSecret(key);
}
