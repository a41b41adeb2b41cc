// bench.ts [ROUNDS]: how long until the platform is healthy, by `pulumi up` and by `docker stack deploy` of compose.yaml, turn
// about, images built before. Runs in the environment of env.sh after `setup.sh dev`; uses stacks and ports of its own.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const ROUNDS = Number(process.argv[2] ?? 3);
const STACK = "bench-dev";
const THEIRS = "london-power-bench-compose";
const SETTINGS = {
    target: "dev",
    workers: 2,
    workerCores: 1,
    workerMemory: "1g",
    driverMemory: "1g",
    jupyterPort: 38888,
    mongoExpressPort: 38081,
    sparkPort: 38080,
    hdfsPort: 39870,
    mongoPort: 38017,
};
/** The jobs are no part of what is compared. */
const JOBS = `urn:pulumi:${STACK}::london-power::london-power:jobs:Pipeline**`;

const root = resolve(import.meta.dirname, "../..");
const scratch = mkdtempSync(join(tmpdir(), "london-power-bench-"));
const stackFile = join(root, `Pulumi.${STACK}.yaml`);
const pulumiEnv = {
    ...process.env,
    PULUMI_BACKEND_URL: `file://${scratch}`,
    PULUMI_CONFIG_PASSPHRASE: "only for this benchmark",
    PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
};

const seconds: Record<"pulumi up" | "docker stack deploy", number[]> = {
    "pulumi up": [],
    "docker stack deploy": [],
};
const load = loadavg()[0] as number;
try {
    const keys = Object.entries(SETTINGS).map(([key, value]) => `  london-power:${key}: ${value}\n`);
    const machine = execFileSync(join(root, "tools/machine.sh"), { encoding: "utf8" });
    const found = machine.replaceAll(/^(\S+) (.*)$/gm, "  london-power:$1: $2");
    writeFileSync(stackFile, `config:\n${keys.join("")}${found}`);
    pulumi("stack", "init", STACK);
    say("once without the clock, for the images");
    up();
    const composeEnv = prepareCompose();
    destroy();
    for (let round = 1; round <= ROUNDS; round++) {
        seconds["pulumi up"].push(await timed(async () => up()));
        destroy();
        seconds["docker stack deploy"].push(await timed(() => deploy(composeEnv)));
        await remove();
        say(`round ${round} of ${ROUNDS}: ${JSON.stringify(seconds)}`);
    }
} finally {
    destroy();
    rmSync(scratch, { recursive: true });
    rmSync(stackFile);
}

const medians = Object.fromEntries(Object.entries(seconds).map(([way, of]) => [way, median(of)]));
console.log("\nuntil the platform is healthy, seconds (median of", ROUNDS, "rounds)");
for (const [way, value] of Object.entries(medians)) {
    console.log(`  ${way.padEnd(22)}${value.toFixed(1)}`);
}
const ratio = (medians["pulumi up"] as number) / (medians["docker stack deploy"] as number);
console.log(JSON.stringify({ seconds, medians, ratio: Number(ratio.toFixed(2)), load_before: load }));

function up(): void {
    pulumi("up", "--yes", "--skip-preview", "--exclude", JOBS, "--stack", STACK);
}

function destroy(): void {
    pulumi("destroy", "--yes", "--skip-preview", "--stack", STACK);
}

/** The same images and settings, and secrets as files; what the compose file asks for in variables. */
function prepareCompose(): NodeJS.ProcessEnv {
    const service = (part: string) => `london-power-${STACK}-${part}`;
    const image = (part: string) =>
        docker("service", "inspect", service(part), "--format", "{{.Spec.TaskTemplate.ContainerSpec.Image}}");
    for (const name of ["spark", "mongo-root", "login"]) {
        writeFileSync(join(scratch, name), "only-for-this-benchmark");
    }
    writeFileSync(join(scratch, "mongo-user"), "root\nonly-for-this-benchmark");
    const spec = JSON.parse(docker("service", "inspect", service("mongo-express")))[0].Spec;
    const [{ ConfigID }] = spec.TaskTemplate.ContainerSpec.Configs;
    const settings = docker("config", "inspect", ConfigID, "--format", "{{json .Spec.Data}}");
    const program = Buffer.from(JSON.parse(settings), "base64").toString();
    writeFileSync(join(scratch, "mongo-express.js"), program);
    return {
        ...process.env,
        SPARK_IMAGE: image("spark-master"),
        MONGO_IMAGE: image("mongo"),
        MONGO_EXPRESS_IMAGE: image("mongo-express"),
        SECRETS: scratch,
    };
}

async function deploy(env: NodeJS.ProcessEnv): Promise<void> {
    const file = join(import.meta.dirname, "compose.yaml");
    execFileSync("docker", ["stack", "deploy", "--compose-file", file, THEIRS], {
        env,
        stdio: "ignore",
        cwd: root,
    });
    const healthy = () =>
        docker("stack", "services", THEIRS, "--format", "{{.Replicas}}")
            .split("\n")
            .every((replicas) => /^(\d+)\/\1\b/.test(replicas));
    for (const deadline = Date.now() + 300_000; !healthy(); await sleep(500)) {
        if (Date.now() > deadline) {
            throw new Error(`not healthy:\n${docker("stack", "services", THEIRS)}`);
        }
    }
}

async function remove(): Promise<void> {
    docker("stack", "rm", THEIRS);
    const label = `label=com.docker.stack.namespace=${THEIRS}`;
    while (docker("ps", "--all", "--quiet", "--filter", label) !== "") {
        await sleep(500);
    }
    docker("volume", "rm", ...docker("volume", "ls", "--quiet", "--filter", label).split("\n"));
}

async function timed(work: () => Promise<void>): Promise<number> {
    const began = performance.now();
    await work();
    return Math.round(performance.now() - began) / 1000;
}

function pulumi(...words: string[]): void {
    execFileSync("pulumi", [...words, "--non-interactive"], {
        env: pulumiEnv,
        cwd: root,
        stdio: ["ignore", "ignore", "inherit"],
    });
}

function docker(...words: string[]): string {
    return execFileSync("docker", words, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trimEnd();
}

function median(values: number[]): number {
    const sorted = values.toSorted((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2
        ? (sorted[middle] as number)
        : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

function say(text: string): void {
    console.error(text);
}
