import * as grpc from "@grpc/grpc-js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineProto from "@pulumi/pulumi/proto/engine_pb.js";

/** Writes to the display of the engine, beside the resource that a URN names. */
export class Engine {
    private readonly client: InstanceType<typeof engineGrpc.EngineClient>;

    /** @param address host:port, the last argument with which an engine starts its plugins */
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
        // A line that could not be shown is no reason to fail the work that it tells of.
        this.client.log(request, () => {});
    }
}
