// The language runtime service. Calls that are not here (code generation, packing) answer "unimplemented" by themselves:
// they belong to making SDKs, which nobody does with this host.
import { readFileSync } from "node:fs";
import grpc from "@grpc/grpc-js";
import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import google from "google-protobuf/google/protobuf/empty_pb.js";
import { stopAll } from "./children.ts";
import { install } from "./install.ts";
import { programInfo } from "./options.ts";
import { direct, installed, type Manifest, pluginName, pluginVersion, required } from "./packages.ts";
import { runPlugin } from "./plugin.ts";
import { runProgram } from "./program.ts";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as Manifest;

export function handlers(startAddress: string) {
    let engineAddress = startAddress;
    return {
        handshake: unary((request: proto.LanguageHandshakeRequest) => {
            engineAddress = request.getEngineAddress() || engineAddress;
            return new proto.LanguageHandshakeResponse();
        }),
        getPluginInfo: unary(() => filled(new plugin.PluginInfo(), (info) => info.setVersion(version))),
        getRequiredPackages: unary((request: proto.GetRequiredPackagesRequest) =>
            filled(new proto.GetRequiredPackagesResponse(), (response) =>
                response.setPackagesList(
                    required(programInfo(request).getProgramDirectory()).map(dependency),
                ),
            ),
        ),
        getProgramDependencies: unary((request: proto.GetProgramDependenciesRequest) => {
            const list = request.getTransitivedependencies() ? installed : direct;
            return filled(new proto.GetProgramDependenciesResponse(), (response) =>
                response.setDependenciesList(list(programInfo(request).getProgramDirectory()).map(asInfo)),
            );
        }),
        about: unary(() =>
            filled(new proto.AboutResponse(), (response) => {
                response.setExecutable(process.execPath);
                response.setVersion(process.version);
                response.getMetadataMap().set("packagemanager", "npm");
            }),
        ),
        run: unary((request: proto.RunRequest) => runProgram(request, engineAddress)),
        runPlugin: streaming(runPlugin),
        installDependencies: streaming(install),
        runtimeOptionsPrompts: unary(() => new proto.RuntimeOptionsResponse()),
        template: unary(() => new proto.TemplateResponse()),
        cancel: unary(async () => {
            await stopAll();
            return new google.Empty();
        }),
    } satisfies Partial<ILanguageRuntimeServer>;
}

function unary<Q, R>(answer: (request: Q) => R | Promise<R>): grpc.handleUnaryCall<Q, R> {
    return (call, callback) => {
        Promise.resolve()
            .then(() => answer(call.request))
            .then(
                (response) => callback(null, response),
                (error: Error) => callback(failure(error)),
            );
    };
}

function streaming<Q, R>(
    answer: (call: grpc.ServerWritableStream<Q, R>) => Promise<void>,
): grpc.handleServerStreamingCall<Q, R> {
    return (call) => void answer(call).catch((error: Error) => call.emit("error", failure(error)));
}

function failure(error: Error): grpc.ServiceError {
    return Object.assign(error, {
        code: grpc.status.UNKNOWN,
        details: error.message,
        metadata: new grpc.Metadata(),
    });
}

function filled<T>(message: T, fill: (message: T) => unknown): T {
    fill(message);
    return message;
}

function asInfo(manifest: Manifest): proto.DependencyInfo {
    return filled(new proto.DependencyInfo(), (info) => {
        info.setName(manifest.name);
        info.setVersion(manifest.version);
    });
}

function dependency(manifest: Manifest): plugin.PackageDependency {
    return filled(new plugin.PackageDependency(), (package_) => {
        package_.setName(pluginName(manifest));
        package_.setKind("resource");
        package_.setVersion(pluginVersion(manifest));
        package_.setServer(manifest.pulumi?.server ?? "");
        const parameters = manifest.pulumi?.parameterization;
        if (!parameters) return;
        package_.setParameterization(
            filled(new plugin.PackageParameterization(), (target) => {
                target.setName(parameters.name);
                target.setVersion(parameters.version);
                target.setValue(Buffer.from(parameters.value, "base64"));
            }),
        );
    });
}
