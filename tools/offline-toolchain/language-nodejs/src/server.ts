import { writeSync } from "node:fs";
import grpc from "@grpc/grpc-js";
import stubs from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { stopAll } from "./children.ts";
import { handlers } from "./handlers.ts";
import { listenForUser } from "./ownUser.ts";

const messageLimit = 400 * 1024 * 1024; // the engine's own limit: configuration and logs can be large

export async function serve(engineAddress: string | undefined): Promise<void> {
    const server = new grpc.Server({
        "grpc.max_receive_message_length": messageLimit,
        "grpc.max_send_message_length": messageLimit,
    });
    server.addService(stubs.LanguageRuntimeService, handlers(engineAddress ?? ""));
    const { port } = await listenForUser(server);
    writeSync(1, `${port}\n`);

    const end = () => void stopAll().then(() => process.exit(0));
    process.on("SIGINT", end);
    process.on("SIGTERM", end);

    // A CLI that was killed cannot say goodbye. Without this the host, and providers under it, would outlive it.
    const parent = process.ppid;
    setInterval(() => process.ppid === parent || end(), 1000).unref();
}
