import { existsSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import * as grpc from "@grpc/grpc-js";

/** The kernel's list of TCP connections over IPv4, with the user of each local end. */
const CONNECTIONS = "/proc/net/tcp";

/** The list's code for an open connection. */
const ESTABLISHED = "01";

/**
 * Serves on a free port of 127.0.0.1 for one user of this machine. Pulumi's engine takes no other address and sends no
 * credentials, so we ask the kernel who connects. Without such a list (macOS), every user of this machine is served.
 *
 * @param user user id; default: the user of this process
 * @returns the port, and a function that stops the server
 */
export function listenForUser(server: grpc.Server, user = process.geteuid?.()): Promise<Listening> {
    const injector = server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
    const listener = createServer((socket) => {
        if (!existsSync(CONNECTIONS) || userAtOtherEnd(socket) === user) {
            injector.injectConnection(socket);
        } else {
            socket.destroy();
        }
    });
    return new Promise((resolve, reject) => {
        listener.once("error", reject);
        listener.listen(0, "127.0.0.1", () => {
            const { port } = listener.address() as AddressInfo;
            resolve({ port, close: () => listener.close() });
        });
    });
}

interface Listening {
    port: number;
    close(): void;
}

function userAtOtherEnd({ remotePort = 0, localPort = 0 }: Socket): number | undefined {
    return connectingUser(readFileSync(CONNECTIONS, "utf8"), remotePort, localPort);
}

/**
 * Returns the user who opened a connection between two ports of 127.0.0.1; `undefined` if it is closed, because the kernel then
 * always names root.
 *
 * @param connections content of /proc/net/tcp
 * @param from the port that connects
 * @param to the port that listens
 */
export function connectingUser(connections: string, from: number, to: number): number | undefined {
    for (const line of connections.split("\n")) {
        // Number, local address, remote address, state, queues, timer, retransmissions, user, timeout, inode, …
        const [, local, remote, state, , , , user] = line.trim().split(/\s+/);
        if (local === address(from) && remote === address(to) && state === ESTABLISHED) {
            return Number(user);
        }
    }
    return undefined;
}

/** A port of 127.0.0.1 in the list's format on little-endian processors. */
function address(port: number): string {
    return `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
}
