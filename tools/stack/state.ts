import { copyFileSync, existsSync, globSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pulumi } from "./pulumi.ts";

const PROJECT = "london-power";

/** The parts of Pulumi's state of a stack that are used here. */
export interface Deployment {
    secrets_providers?: { type: string; state?: { salt?: string } };
    resources?: {
        type: string;
        urn: string;
        id?: string;
        inputs?: Record<string, unknown>;
        outputs?: Record<string, unknown>;
    }[];
    pending_operations?: { type: string }[];
}

/** Returns the folder of a file backend; `undefined` for a backend that is not on this machine. */
export function backendFolder(): string | undefined {
    const address = process.env.PULUMI_BACKEND_URL ?? "";
    return address.startsWith("file:///") ? join(fileURLToPath(new URL(address)), ".pulumi") : undefined;
}

export function stackExists(stack: string): boolean {
    // For a file backend, looking at the file is quicker than asking the CLI.
    if (existsSync(checkpointOf(stack) ?? "")) {
        return true;
    }
    const stacks: { name: string }[] = JSON.parse(pulumi("stack", "ls", "--json", "--non-interactive"));
    return stacks.some(({ name }) => name === stack || name.endsWith(`/${stack}`));
}

/** Returns the stack's state from any backend. */
export function deploymentOf(stack: string): Deployment {
    const file = checkpointOf(stack);
    if (file && existsSync(file)) {
        return JSON.parse(readFileSync(file, "utf8")).checkpoint.latest ?? {};
    }
    return JSON.parse(pulumi("stack", "export", "--stack", stack)).deployment ?? {};
}

/**
 * Repairs the files of a file backend that a killed run has cut off. It deletes incomplete files of attributes, which the
 * backend does not need, and replaces an incomplete state by the last complete one.
 *
 * @returns whether an older state had to be used, which a refresh has to bring up to date
 */
export function mendState(stack: string): boolean {
    const file = checkpointOf(stack);
    if (!file || !existsSync(dirname(file))) {
        return false;
    }
    for (const name of readdirSync(dirname(file)).filter((name) => name.startsWith(`${stack}.json`))) {
        const attributes = join(dirname(file), name);
        if (name.endsWith(".attrs") && !isWhole(attributes)) {
            rmSync(attributes);
        }
    }
    if (!existsSync(file) || isWhole(file)) {
        return false;
    }
    const whole = earlierStates(file).find(isWhole);
    if (!whole) {
        console.error(
            `error: the state of stack ${stack}, ${file}, cannot be read, and there is no earlier one beside it. ` +
                `Import an exported one: pulumi stack import --stack ${stack} --file state.json (docs/operations.md)`,
        );
        process.exit(1);
    }
    console.error(
        `The state of stack ${stack}, ${file}, was cut off by a killed run: taking the last whole one, ${whole}, ` +
            "and comparing it with what is there.",
    );
    renameSync(file, `${file}.cut-off`);
    copyFileSync(whole, `${file}.part`);
    renameSync(`${file}.part`, file);
    return true;
}

/** Returns Pulumi's own copies, the newest first: from before the last write, from after each command, and replaced ones. */
function earlierStates(file: string): string[] {
    const stack = basename(file, ".json");
    const [root, folder] = [dirname(dirname(dirname(file))), basename(dirname(file))];
    const copies = ["history", "backups"].flatMap((kind) =>
        globSync(join(root, kind, folder, stack, `${stack}*.json`)).filter(
            (name) => !name.includes(".history."),
        ),
    );
    return [`${file}.bak`, ...copies.sort((a, b) => timeOf(b) - timeOf(a))];
}

/** Returns the number in a copy's name: nanoseconds since 1970. */
function timeOf(file: string): number {
    return Number(/\d{10,}/.exec(basename(file))?.[0] ?? 0);
}

function isWhole(file: string): boolean {
    try {
        JSON.parse(readFileSync(file, "utf8"));
        return true;
    } catch {
        return false;
    }
}

function checkpointOf(stack: string): string | undefined {
    const folder = backendFolder();
    return folder && join(folder, "stacks", PROJECT, `${stack}.json`);
}
