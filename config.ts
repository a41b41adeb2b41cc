import * as pulumi from "@pulumi/pulumi";
import { type GoogleSettings, readGoogle } from "./config/google.ts";
import { Reader } from "./config/reader.ts";
import { CRON, TIME_ZONE } from "./config/schedule.ts";
import { ignoredKeys, TARGETS, type Target } from "./config/targets.ts";

const MEMORY = /^([1-9]\d*g|(51[2-9]|5[2-9]\d|[6-9]\d\d|\d{4,})m)$/;
const MEMORY_WORDS = "a number of m or g, at least 512m";
/** Those of jobs/pyspark/london_power/train/regressors.py; none stands twice. */
const MODELS =
    /^(?!(.*,)?([^,]+),(.*,)?\2(,|$))(linear|tree|forest|boosted)(,(linear|tree|forest|boosted))*$/;
/** No name stands twice. */
const NODES = /^(?!(.*,)?([^,]+),(.*,)?\2(,|$))([\w.-]+(,[\w.-]+)*)?$/;
const HOST_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
/** Rotations of a lifetime. */
const MANY = 1_000_000;
const IMAGE = /^\S+$/;

/** The stack's configuration, checked. Pulumi.yaml declares the keys, their types and their defaults. */
export interface Settings {
    target: Target;
    /** A CSV file, a folder of them or a glob. */
    data: string;
    /** Whose clock the readings' times are of: London's, GMT, or what the readings show. */
    zone: "auto" | "GMT" | "Europe/London";
    /** Whether such a time is the start or the end of its half hour, or what the readings show. */
    label: "auto" | "start" | "end";
    /** Absolute path, or "" for the target's own choice. */
    workspace: string;
    /** Cores of a driver; 0 for all of the machine. */
    cores: number;
    /** Heap of a driver in JVM notation. */
    driverMemory: string;
    /** Port of MongoDB on the loopback address; 0 for the target's own choice. */
    mongoPort: number;
    /** Connection string of a MongoDB of the user's own; `undefined` for the embedded server. */
    mongoUri: pulumi.Output<string> | undefined;
    mongoDatabase: string;
    /** Share of the time span that the model is tested on, in percent. */
    testPercent: number;
    /** Names of the models of kWh a half hour that are trained, each once. */
    models: string[];
    /** At most so many readings are trained and tested on, of whole households. */
    trainRows: number;
    /** How long training may try parameters, in seconds; 0 for the usual ones. */
    trainSeconds: number;
    /** What becomes a document in MongoDB: a reading (raw), a household's day (daily), or what suits their number. */
    documents: "auto" | "daily" | "raw";
    /** When the pipeline runs again, in cron's five fields; "" for never. */
    schedule: string;
    /** Time zone of `schedule`. */
    timeZone: string;
    /** Spark workers of the swarm; 0 for as many as is usual and fits. */
    workers: number;
    /** Cores of a worker; 0 for a share of the machine's. */
    workerCores: number;
    /** Heap of a worker's executors in JVM notation. */
    workerMemory: string;
    datanodes: number;
    /** On how many datanodes each block is kept. */
    replication: number;
    /** Debian 12, which our image is built on. */
    baseImage: string;
    /** An image each, or the folder of a Dockerfile, relative to the project's folder and beginning with `./`. */
    mongoImage: string;
    mongoExpressImage: string;
    /** Registry and folder, or "" for none. */
    registry: string;
    /** Host names of the swarm's nodes, that of the engine first; empty for a swarm of one. */
    nodes: string[];
    encryptNetwork: boolean;
    /** Address of a swarm that set-up makes; see tools/setup/docker.sh. */
    advertiseAddress: string;
    /** How often the generated credentials have been rotated: all at a time, and those of one part. */
    rotation: number;
    rotationMongo: number;
    rotationJupyter: number;
    rotationSpark: number;
    rotationExpress: number;
    rotationGateway: number;
    /** Age at which `make doctor` warns of credentials, in days. */
    maxSecretAgeDays: number;
    /** Ports of the swarm's gateway on the loopback address. */
    jupyterPort: number;
    mongoExpressPort: number;
    sparkPort: number;
    hdfsPort: number;
    /** Name under which browsers open the swarm's pages. */
    gatewayName: string;
    /** Certificate chain and private key of the pages in PEM; `undefined` where they speak HTTP. */
    gatewayCertificate: pulumi.Output<string> | undefined;
    /** What only the target gcp has; absent for the others. */
    google?: GoogleSettings;
}

/**
 * Reads the whole configuration of the stack. The CLI has refused values of the wrong type before, by Pulumi.yaml.
 *
 * @throws {pulumi.RunError} naming for each wrong key its value, what is allowed and the command that sets it
 */
export function readConfig(config = new pulumi.Config("london-power")): Settings {
    const reader = new Reader(config);
    const { text, whole, flag, wrong } = reader;
    const settings: Settings = {
        target: text("target", TARGETS.join(", "), new RegExp(`^(${TARGETS.join("|")})$`), "local") as Target,
        data: text("data", "a CSV file, a folder or a glob", /./, "data/power_1.csv"),
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
        mongoDatabase: text(
            "mongoDatabase",
            "letters, digits, _ and -, 1 to 38 of them",
            /^[\w-]{1,38}$/,
            "power",
        ),
        testPercent: whole("testPercent", 5, 50, 20),
        models: text(
            "models",
            "one or more of linear, tree, forest, boosted, each once, with commas between",
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
        nodes: text("nodes", "host names with commas between, each once, or nothing", NODES, "node-1,node-2")
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
        gatewayName: text("gatewayName", "a host name in small letters", HOST_NAME, "power.example.com"),
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

/** A mistyped key would otherwise be a setting that does nothing. */
function checkKeys(config: pulumi.Config, known: string[], wrong: string[]): void {
    const prefix = `${config.name}:`;
    const set = Object.keys(pulumi.runtime.allConfig()).filter((key) => key.startsWith(prefix));
    for (const key of set.filter((name) => !known.includes(name.slice(prefix.length)))) {
        wrong.push(
            `${key} is no setting; there are ${known.join(", ")}. ` +
                `Remove it: pulumi config rm ${key} --stack ${pulumi.getStack()}`,
        );
    }
}

/** Nodes beside the one that builds images have no other way to them. */
function checkRegistry({ nodes, registry }: Settings, wrong: string[]): void {
    if (nodes.length > 1 && registry === "") {
        wrong.push(
            "london-power:nodes names several nodes, which get our images from a registry, and " +
                "london-power:registry names none. " +
                `Set it: pulumi config set london-power:registry host:5000 --stack ${pulumi.getStack()}`,
        );
    }
}

function checkMongoUri(config: pulumi.Config, wrong: string[]): void {
    checkSecret(config, wrong, {
        key: "mongoUri",
        holds: [/^mongodb(\+srv)?:\/\/[^\s/]+/],
        problem: "does not begin with mongodb:// or mongodb+srv:// and a host",
        mend: "pulumi config set --secret london-power:mongoUri mongodb://user:password@host:27017/",
    });
}

function checkCertificate(config: pulumi.Config, { gatewayName }: Settings, wrong: string[]): void {
    const mend = "cat chain.pem key.pem | pulumi config set --secret london-power:gatewayCertificate";
    checkSecret(config, wrong, {
        key: "gatewayCertificate",
        holds: [/-----BEGIN CERTIFICATE-----/, /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
        problem: "does not hold both a certificate and its private key in PEM",
        mend,
    });
    if (gatewayName !== "localhost" && rawOf(config, "gatewayCertificate") === "") {
        wrong.push(
            `london-power:gatewayName is "${gatewayName}", which wants a certificate for it, and ` +
                `london-power:gatewayCertificate is not set. Set it: ${mend} --stack ${pulumi.getStack()}`,
        );
    }
}

interface SecretRule {
    key: string;
    /** What the value has in it, if there is one. */
    holds: RegExp[];
    /** What is wrong with a value that lacks it. */
    problem: string;
    /** The command that sets it, without the stack. */
    mend: string;
}

/** No message repeats the value. */
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
        wrong.push(`${key} stands in plain text in Pulumi.${stack}.yaml. ${mend}`);
    }
}

/** The value of a secret for checks alone: `Config.require` would warn of every secret that is not read as an output. */
function rawOf(config: pulumi.Config, key: string): string {
    return pulumi.runtime.getConfig(`${config.name}:${key}`) ?? "";
}

/** The SDK knows, but leaves the function out of its types. */
function isSecret(key: string): boolean {
    return (pulumi.runtime as unknown as { isConfigSecret(key: string): boolean }).isConfigSecret(key);
}
