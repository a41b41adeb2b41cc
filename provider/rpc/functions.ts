import * as grpc from "@grpc/grpc-js";
import providerProto from "@pulumi/pulumi/proto/provider_pb.js";
import type { Lifetime } from "./lifetime.ts";
import { decode, encode } from "./values.ts";

/** Answers a call of the program. It must change nothing, because previews call it too. */
// biome-ignore lint/suspicious/noExplicitAny: arguments and answer are known only to the function itself.
export type AnyFunction = (args: any) => Promise<object>;

/** Handles the engine's call of a function: finds it by its token, decodes the arguments and encodes the answer. */
export function invokeMethod(
    functions: Record<string, AnyFunction>,
    lifetime: Lifetime,
): grpc.handleUnaryCall<InstanceType<typeof providerProto.InvokeRequest>, unknown> {
    return async (call, callback) => {
        const token = call.request.getTok();
        const find = () => {
            const found = functions[token];
            if (!found) {
                throw new Error(`the provider has no function ${token}`);
            }
            return found;
        };
        try {
            const { values } = decode(call.request.getArgs());
            const answer = await lifetime.during(async () => find()(values));
            const response = new providerProto.InvokeResponse();
            response.setReturn(encode(answer, new Set()));
            callback(null, response);
        } catch (error) {
            callback({ code: grpc.status.UNKNOWN, details: (error as Error).message });
        }
    };
}
