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

/** The engine keeps it in the state of every resource. */
const VERSION: string = JSON.parse(readFileSync(join(projectDir, "package.json"), "utf8")).version;

export interface ServeOptions {
    /** What programs ask without making a resource, by token, "package:module:name". Default: none. */
    functions?: Record<string, AnyFunction>;
    /** What the engine is told of the provider's version: a stand-in says that of the package whose place it takes. Default:
     * the project's. */
    version?: string;
    /** Whether the engine keeps the provider's own configuration, in which policies look for default labels. Default: no. */
    keepsConfiguration?: boolean;
}

/**
 * Serves the kinds of resources to the engine that started this process, until it ends. It talks the engine's own
 * protocol and not the SDK's `pulumi.provider` helper, which has neither a preview of outputs nor detailed differences.
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

/** What the engine asks of the provider as such. */
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
        // The project's own configuration has the provider's name in front, so the engine offers all of it here. The
        // provider takes everything from its resources' inputs, and keeps nothing of it.
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
