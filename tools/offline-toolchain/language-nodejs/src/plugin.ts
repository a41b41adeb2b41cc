// RunPlugin: a provider or policy pack whose Pulumi….yaml says `runtime: nodejs`.
import type { Writable } from "node:stream";
import type { ServerWritableStream } from "@grpc/grpc-js";
import proto, { type RunPluginRequest, type RunPluginResponse } from "@pulumi/pulumi/proto/language_pb.js";
import { ended, startNode, stop } from "./children.ts";
import { programInfo, readOptions } from "./options.ts";
import { locate } from "./program.ts";

type Call = ServerWritableStream<RunPluginRequest, RunPluginResponse>;

export async function runPlugin(call: Call): Promise<void> {
    const request = call.request;
    const info = programInfo(request);
    const directory = info.getProgramDirectory();
    const isPolicyPack = request.getKind() === "analyzer";
    const options = readOptions(info);
    const script = locate(
        info,
        `@pulumi/pulumi/cmd/${isPolicyPack ? "run-policy-pack" : "run-plugin"}`,
        "npm install",
    );

    // Both scripts differ in where they want the folder. `nodeargs` come after the script, where the official host puts
    // them too: a provider must not come to depend on something that only this host does.
    const args = isPolicyPack ? [...request.getArgsList(), directory] : [directory, ...request.getArgsList()];
    const child = startNode([script, ...options.nodeArgs, ...args], {
        cwd: isPolicyPack ? directory : request.getPwd(),
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...fromPairs(request.getEnvList()), ...options.environment },
    });
    call.on("cancelled", () => void stop(child));

    child.stdout?.on("data", (data: Buffer) => send(call, "setStdout", data));
    child.stderr?.on("data", (data: Buffer) => send(call, "setStderr", data));
    const { code } = await ended(child);
    const response = new proto.RunPluginResponse();
    response.setExitcode(code ?? 1);
    call.write(response);
    call.end();
}

function send(call: Writable, field: "setStdout" | "setStderr", data: Buffer): void {
    const response = new proto.RunPluginResponse();
    response[field](new Uint8Array(data));
    call.write(response);
}

function fromPairs(list: string[]): Record<string, string> {
    return Object.fromEntries(
        list.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
    );
}
