import * as grpc from "@grpc/grpc-js";
import providerProto from "@pulumi/pulumi/proto/provider_pb.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import type { Engine } from "./engine.ts";
import type { AnyKind, Context, Difference } from "./kind.ts";
import type { Lifetime } from "./lifetime.ts";
import { decode, encode, type Properties, UNKNOWN } from "./values.ts";

type Find = (urn: string) => AnyKind;
// biome-ignore lint/suspicious/noExplicitAny: the generated messages are only known by the method that they belong to.
type Message = any;

/** Handles the engine's calls for single resources: decodes the messages, calls the kind and encodes its answer. */
export function resourceMethods(
    find: Find,
    engine: Engine,
    lifetime: Lifetime,
): grpc.UntypedServiceImplementation {
    const method = (work: (request: Message, kind: AnyKind, context: Context) => Promise<Message>) =>
        handler(lifetime, (request) => {
            const urn: string = request.getUrn();
            return work(request, find(urn), contextOf(urn, request.getTimeout?.() ?? 0, engine, lifetime));
        });
    return {
        check: method(async (request, kind) => {
            const { values, secrets } = decode(request.getNews());
            const response = new providerProto.CheckResponse();
            response.setInputs(encode(values, secrets));
            for (const { property, reason } of kind.check(values, secrets)) {
                const failure = new providerProto.CheckFailure();
                failure.setProperty(property);
                failure.setReason(reason);
                response.addFailures(failure);
            }
            return response;
        }),
        diff: method(async (request, kind, context) => {
            const difference = await kind.diff(changeOf(kind, request), context);
            if (difference?.reason) {
                context.info(difference.reason);
            }
            return diffResponse(difference);
        }),
        create: method(async (request, kind, context) => {
            const inputs = decode(request.getProperties());
            const response = new providerProto.CreateResponse();
            if (request.getPreview()) {
                response.setProperties(plan(kind, inputs, await kind.planned(inputs.values)));
                return response;
            }
            const { id, outputs } = await kind.create(inputs.values, context);
            response.setId(id);
            response.setProperties(encode({ ...inputs.values, ...outputs }, inputs.secrets));
            return response;
        }),
        update: method(async (request, kind, context) => {
            const inputs = decode(request.getNews());
            const change = changeOf(kind, request);
            const response = new providerProto.UpdateResponse();
            response.setProperties(
                request.getPreview()
                    ? plan(kind, inputs, await kind.planned(inputs.values, change))
                    : encode({ ...inputs.values, ...(await kind.update(change, context)) }, inputs.secrets),
            );
            return response;
        }),
        read: method(async (request, kind) => {
            const state = decode(request.getProperties());
            const inputs = decode(request.getInputs());
            const outputs = await kind.read(request.getId(), outputsOf(kind, state.values), inputs.values);
            const response = new providerProto.ReadResponse();
            if (outputs) {
                response.setId(request.getId());
                response.setInputs(request.getInputs());
                response.setProperties(encode({ ...state.values, ...outputs }, state.secrets));
            }
            return response;
        }),
        delete: method(async (request, kind, context) => {
            const [outputs, inputs] = [
                decode(request.getProperties()).values,
                decode(request.getOldInputs()).values,
            ];
            await kind.delete(request.getId(), outputsOf(kind, outputs), inputs, context);
            return new emptyProto.Empty();
        }),
    };
}

function handler(
    lifetime: Lifetime,
    work: (request: Message) => Promise<Message>,
): grpc.handleUnaryCall<Message, Message> {
    return async (call, callback) => {
        try {
            callback(null, await lifetime.during(async () => work(call.request)));
        } catch (error) {
            callback({
                code: grpc.status.UNKNOWN,
                details: error instanceof Error ? error.message : String(error),
            });
        }
    };
}

/** @param timeout the resource's time-out (`customTimeouts`), in seconds; 0 for none */
function contextOf(urn: string, timeout: number, engine: Engine, lifetime: Lifetime): Context {
    const signals = [lifetime.signal];
    if (timeout > 0) {
        signals.push(AbortSignal.timeout(timeout * 1000));
    }
    return {
        urn,
        signal: AbortSignal.any(signals),
        progress: (message) => engine.progress(urn, message),
        info: (message) => engine.info(urn, message),
        warn: (message) => engine.warn(urn, message),
    };
}

function changeOf(kind: AnyKind, request: Message) {
    return {
        id: request.getId() as string,
        oldOutputs: outputsOf(kind, decode(request.getOlds()).values),
        oldInputs: decode(request.getOldInputs()).values,
        inputs: decode(request.getNews()).values,
    };
}

/** The state has the inputs among the outputs; a kind must not mistake old inputs for its outputs. */
function outputsOf(kind: AnyKind, state: Properties["values"]) {
    return Object.fromEntries(kind.outputs.map((name) => [name, state[name]]));
}

function diffResponse(difference: Difference | undefined): Message {
    const { DiffChanges } = providerProto.DiffResponse;
    const response = new providerProto.DiffResponse();
    response.setChanges(difference ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE);
    response.setDiffsList(difference?.properties ?? []);
    response.setReplacesList(difference?.replaces ?? []);
    response.setDeletebeforereplace(true);
    return response;
}

/** The outputs in a preview: the planned ones are known, the others unknown. */
function plan(kind: AnyKind, inputs: Properties, known: object): Message {
    const unknown = Object.fromEntries(kind.outputs.map((name) => [name, UNKNOWN]));
    return encode({ ...inputs.values, ...unknown, ...known }, inputs.secrets);
}
