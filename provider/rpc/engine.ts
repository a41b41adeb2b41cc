import * as grpc from "@grpc/grpc-js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineProto from "@pulumi/pulumi/proto/engine_pb.js";

/** Writes to the display of the engine, beside the resource that a URN names. */
export class Engine {
    private readonly client: InstanceType<typeof engineGrpc.EngineClient>;

    /** @param address host:port, which an engine passes to its plugins as the last argument */
    constructor(address: string) {
        this.client = new engineGrpc.EngineClient(address, grpc.credentials.createInsecure());
    }

    /** Shows a line that the next one replaces. */
    progress(urn: string, message: string): void {
        this.log(engineProto.LogSeverity.INFO, urn, message, true);
    }

    info(urn: string, message: string): void {
        this.log(engineProto.LogSeverity.INFO, urn, message, false);
    }

    warn(urn: string, message: string): void {
        this.log(engineProto.LogSeverity.WARNING, urn, message, false);
    }

    private log(severity: 0 | 1 | 2 | 3, urn: string, message: string, ephemeral: boolean): void {
        const request = new engineProto.LogRequest();
        request.setSeverity(severity);
        request.setUrn(urn);
        request.setMessage(message);
        request.setEphemeral(ephemeral);
        // The work should not fail because a line could not be shown.
        this.client.log(request, () => {});
    }
}
