import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerProto from "@pulumi/pulumi/proto/provider_pb.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import { projectDir } from "../host/tools.ts";
import { Engine } from "./engine.ts";
import { type AnyFunction, invokeMethod } from "./functions.ts";
import type { AnyKind } from "./kind.ts";
import { Lifetime } from "./lifetime.ts";
import { listenForUser } from "./ownUser.ts";
import { resourceMethods } from "./resources.ts";

/** The engine stores it in the state of every resource. */
const VERSION: string = JSON.parse(readFileSync(join(projectDir, "package.json"), "utf8")).version;

export interface ServeOptions {
    /** Functions that programs call without a resource, by token, "package:module:name". Default: none. */
    functions?: Record<string, AnyFunction>;
    /** The provider's version for the engine; a stand-in gives the version of the package that it replaces. Default: the
     * project's. */
    version?: string;
    /** Whether the engine stores the provider's configuration, which policies search for default labels. Default: no. */
    keepsConfiguration?: boolean;
}

/**
 * Serves the kinds of resources to the engine that started this process, until the engine ends. It speaks the engine's own
 * protocol instead of using the SDK's `pulumi.provider` helper, which has no preview of outputs and no detailed differences.
 *
 * @param kinds by token, "package:module:Type"
 */
export async function serve(
    kinds: Record<string, AnyKind>,
    { functions = {}, version = VERSION, keepsConfiguration = false }: ServeOptions = {},
): Promise<void> {
    const lifetime = new Lifetime();
    const engine = new Engine(process.argv[2] ?? "");
    const server = new grpc.Server({
        "grpc.max_receive_message_length": -1,
        "grpc.max_send_message_length": -1,
    });
    const find = (urn: string) => {
        const token = urn.split("::")[2]?.split("$").at(-1) ?? "";
        const kind = kinds[token];
        if (!kind) {
            throw new Error(
                `the provider has no resource of type ${token}; it has ${Object.keys(kinds).join(", ")}`,
            );
        }
        return kind;
    };
    server.addService(providerGrpc.ResourceProviderService, {
        ...providerMethods(lifetime, version, keepsConfiguration),
        ...resourceMethods(find, engine, lifetime),
        invoke: invokeMethod(functions, lifetime),
    });
    // The engine reads the port from the first line of the output.
    console.log((await listenForUser(server)).port);
    await lifetime.ended;
    server.forceShutdown();
    process.exit(0);
}

/** Handles the engine's calls for the provider itself. */
function providerMethods(
    lifetime: Lifetime,
    version: string,
    keepsConfiguration: boolean,
): grpc.UntypedServiceImplementation {
    return {
        handshake: reply(() => {
            const response = new providerProto.ProviderHandshakeResponse();
            response.setAcceptSecrets(true);
            return response;
        }),
        getPluginInfo: reply(() => {
            const info = new pluginProto.PluginInfo();
            info.setVersion(version);
            return info;
        }),
        getSchema: reply(() => {
            const response = new providerProto.GetSchemaResponse();
            response.setSchema(JSON.stringify({ name: "london-power", version }));
            return response;
        }),
        // The project's configuration has the provider's name as prefix, so the engine passes all of it here. The provider
        // uses only the inputs of its resources and ignores it.
        checkConfig: reply((request: InstanceType<typeof providerProto.CheckRequest>) => {
            const response = new providerProto.CheckResponse();
            response.setInputs((keepsConfiguration && request.getNews()) || new structProto.Struct());
            return response;
        }),
        diffConfig: reply(() => {
            const response = new providerProto.DiffResponse();
            response.setChanges(providerProto.DiffResponse.DiffChanges.DIFF_NONE);
            return response;
        }),
        configure: reply(() => {
            const response = new providerProto.ConfigureResponse();
            response.setAcceptsecrets(true);
            response.setSupportspreview(true);
            return response;
        }),
        cancel: reply(() => {
            lifetime.cancel("cancelled");
            return new emptyProto.Empty();
        }),
    };
}

function reply<T, R = unknown>(answer: (request: R) => T): grpc.handleUnaryCall<R, T> {
    return ({ request }, callback) => callback(null, answer(request));
}
