// Run: one run of the user's program, by the SDK that the program itself has installed.
import { createRequire } from "node:module";
import { join } from "node:path";
import proto, {
    type ProgramInfo,
    type RunRequest,
    type RunResponse,
} from "@pulumi/pulumi/proto/language_pb.js";
import { ended, startNode } from "./children.ts";
import { programInfo, readOptions } from "./options.ts";

/** The SDK's run script ends so when it has already shown the user what went wrong. */
const alreadyReported = 32;

export async function runProgram(request: RunRequest, engineAddress: string): Promise<RunResponse> {
    const response = new proto.RunResponse();
    try {
        const info = programInfo(request);
        if (request.getAttachDebugger()) {
            throw new Error(
                "this language host attaches no debugger; use the runtime option `nodeargs: --inspect-brk`",
            );
        }
        const options = readOptions(info);
        const script = locate(info, "@pulumi/pulumi/cmd/run", "npm ci");
        const child = startNode(
            [...options.nodeArgs, script, ...programArguments(request, info, engineAddress)],
            {
                stdio: ["ignore", "inherit", "inherit"],
                env: { ...process.env, ...options.environment, ...configuration(request) },
            },
        );
        const { code, signal } = await ended(child);
        if (code === alreadyReported) response.setBail(true);
        else if (signal) response.setError(`Program was ended by ${signal}`);
        else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
    } catch (error) {
        response.setError(error instanceof Error ? error.message : String(error));
    }
    return response;
}

/** Resolves as the program would, so that the program's SDK is used and not the one beside this host. */
export function locate(info: ProgramInfo, module: string, install: string): string {
    const directory = info.getProgramDirectory();
    try {
        return createRequire(join(directory, "index.js")).resolve(module);
    } catch {
        throw new Error(
            `The Pulumi SDK (${module}) is not installed for ${directory}. Run \`${install}\` there first.`,
        );
    }
}

function programArguments(request: RunRequest, info: ProgramInfo, engineAddress: string): string[] {
    const named: Record<string, string> = {
        monitor: request.getMonitorAddress(),
        engine: engineAddress,
        organization: request.getOrganization(),
        project: request.getProject(),
        "root-directory": info.getRootDirectory(),
        stack: request.getStack(),
        pwd: info.getProgramDirectory(),
        parallel: String(request.getParallel()),
    };
    const flags = Object.entries(named).flatMap(([name, value]) =>
        value === "" ? [] : [`--${name}`, value],
    );
    if (request.getDryrun()) flags.push("--dry-run");
    return [...flags, info.getEntryPoint() || ".", ...request.getArgsList()];
}

function configuration(request: RunRequest): Record<string, string> {
    const values: Record<string, string> = {};
    // The SDK still expects the long form of the key, `project:config:name`.
    request.getConfigMap().forEach((value: string, key: string) => {
        const [namespace, ...rest] = key.split(":");
        const name = rest[0] === "config" && rest.length > 1 ? rest.slice(1) : rest;
        values[`${namespace}:config:${name.join(":")}`] = value;
    });
    return {
        PULUMI_CONFIG: JSON.stringify(values),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    };
}
