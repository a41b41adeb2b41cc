// InstallDependencies: what `pulumi install` and `pulumi new` ask for.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ServerWritableStream } from "@grpc/grpc-js";
import proto, {
    type InstallDependenciesRequest,
    type InstallDependenciesResponse,
} from "@pulumi/pulumi/proto/language_pb.js";
import { programInfo } from "./options.ts";

type Call = ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>;

export async function install(call: Call): Promise<void> {
    const directory = programInfo(call.request).getProgramDirectory();
    const command = existsSync(join(directory, "package-lock.json")) ? "ci" : "install";
    const child = spawn("npm", [command, "--no-audit", "--no-fund"], {
        cwd: directory,
        stdio: ["ignore", "pipe", "pipe"],
    });
    call.on("cancelled", () => child.kill("SIGINT"));
    child.stdout.on("data", (data: Buffer) => send(call, "setStdout", data));
    child.stderr.on("data", (data: Buffer) => send(call, "setStderr", data));
    const code = await new Promise<number | null>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", resolve);
    });
    if (code !== 0) throw new Error(`npm ${command} failed in ${directory} (exit code ${code})`);
    call.end();
}

function send(call: Call, field: "setStdout" | "setStderr", data: Buffer): void {
    const response = new proto.InstallDependenciesResponse();
    response[field](new Uint8Array(data));
    call.write(response);
}
