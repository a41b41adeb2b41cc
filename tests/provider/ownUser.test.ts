// Pulumi's engine talks to a plugin over a port of 127.0.0.1, which every user of the machine can open.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import test, { type ExecutionContext } from "ava";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import { projectDir } from "../../provider/host/tools.ts";
import { connectingUser, listenForUser } from "../../provider/rpc/ownUser.ts";

const linux = process.platform === "linux" ? test : test.skip;
const OWN = process.geteuid?.() ?? 0;

linux("a server answers its own user, and nobody who is another", async (t) => {
    t.is(await ask(await serve(t, OWN)), "answered");
    t.is(await ask(await serve(t, OWN + 1)), "refused");
});

for (const [what, program] of [
    ["the provider", "provider/index.ts"],
    ["the language host", "tools/offline-toolchain/language-nodejs/src/main.ts"],
] as const) {
    linux(`${what} answers its own user, and nobody else where another can be tried`, async (t) => {
        const port = await start(t, program);
        t.is(await greet(port, OWN), "greeted");
        if (OWN === 0) {
            t.is(await greet(port, 65534), "closed");
        }
    });
}

const HEADER =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
const line = (addresses: string, state: string, user: number) =>
    `  10: ${addresses} ${state} 00000000:00000000 00:00000000 00000000  ${user}        0 8241 1 0000000 20 4 30 10 -1`;

test("the user of a connection is the user who has opened it", (t) => {
    const list = [
        HEADER,
        line("0100007F:1F90 0100007F:C001", "01", 0), // the server's end
        line("0100007F:C001 0100007F:1F91", "01", 7), // to another port
        line("0200007F:C001 0100007F:1F90", "01", 8), // from another address
        line("0100007F:C001 0100007F:1F90", "01", 1000),
    ].join("\n");
    t.is(connectingUser(list, 0xc001, 0x1f90), 1000);
    t.is(connectingUser(list, 0xc002, 0x1f90), undefined);
});

test("a connection that its user has closed belongs to nobody, although the kernel names root", (t) => {
    for (const state of ["04", "05", "06"]) {
        const list = [HEADER, line("0100007F:C001 0100007F:1F90", state, 0)].join("\n");
        t.is(connectingUser(list, 0xc001, 0x1f90), undefined, state);
    }
});

async function serve(t: ExecutionContext, user: number): Promise<number> {
    const server = new grpc.Server();
    server.addService({ ask: providerGrpc.ResourceProviderService.cancel } as grpc.ServiceDefinition, {
        ask: (_: unknown, reply: grpc.sendUnaryData<unknown>) => reply(null, new emptyProto.Empty()),
    });
    const { port, close } = await listenForUser(server, user);
    t.teardown(() => {
        close();
        server.forceShutdown();
    });
    return port;
}

async function ask(port: number): Promise<"answered" | "refused"> {
    const client = new providerGrpc.ResourceProviderClient(
        `127.0.0.1:${port}`,
        grpc.credentials.createInsecure(),
    );
    try {
        return await new Promise((resolve) =>
            client.cancel(new emptyProto.Empty(), (error) => resolve(error ? "refused" : "answered")),
        );
    } finally {
        client.close();
    }
}

/** Starts a plugin as the engine does; the port that it prints. */
async function start(t: ExecutionContext, program: string): Promise<string> {
    const words = [join(projectDir, program), "127.0.0.1:1"];
    const plugin = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
    t.teardown(() => plugin.kill("SIGINT"));
    const [said] = await once(plugin.stdout, "data");
    return String(said).trim();
}

/** What a user gets who opens a connection to a port: HTTP/2's greeting, or its end. */
async function greet(port: string, uid: number): Promise<"greeted" | "closed"> {
    const script = `exec 3<>/dev/tcp/127.0.0.1/${port} && head -c 9 <&3`;
    // With the system's programs: another user may not reach those of this one.
    const client = spawn("/bin/bash", ["-c", script], { uid, cwd: "/", env: { PATH: "/usr/bin:/bin" } });
    let bytes = 0;
    client.stdout.on("data", (data: Buffer) => {
        bytes += data.length;
    });
    await once(client, "close");
    return bytes === 9 ? "greeted" : "closed";
}
