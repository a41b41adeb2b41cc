// A machine on the same network as this one: a network namespace of its own, joined by a pair of virtual interfaces.
import { execFileSync } from "node:child_process";
import { docker } from "./docker.ts";

const NAME = "lp-neighbour";
/** Of the range for documentation (RFC 5737), so that no network of this machine is likely to have them. */
const [HERE, THERE] = ["198.51.100.1", "198.51.100.2"];

/** Connects, asks for a page, and prints what comes. */
const PROBE = `
import socket, sys
connection = socket.socket()
connection.settimeout(4)
try:
    connection.connect((sys.argv[1], int(sys.argv[2])))
    connection.sendall(b"GET / HTTP/1.0\\r\\n\\r\\n")
    print(connection.recv(1000).decode(errors="replace"))
except OSError:
    pass
`;

/** Where containers are that have published ports: on the bridge of the swarm's node. */
export function bridgeAddress(container: string): string {
    const subnet = docker(
        "network",
        "inspect",
        "docker_gwbridge",
        "--format",
        "{{(index .IPAM.Config 0).Subnet}}",
    );
    const prefix = subnet.split(".").slice(0, 2).join(".");
    const own = docker("exec", container, "hostname", "-I").split(/\s+/);
    return own.find((address) => address.startsWith(`${prefix}.`)) ?? "";
}

/** What each port of an address answers to the neighbour, who knows that the way there leads over this machine. */
export function askAsNeighbour(targets: [address: string, port: number][]): string[] {
    remove();
    try {
        ip("netns", "add", NAME);
        ip("link", "add", NAME, "type", "veth", "peer", "name", "eth0", "netns", NAME);
        ip("address", "add", `${HERE}/24`, "dev", NAME);
        ip("link", "set", NAME, "up");
        ip("-n", NAME, "address", "add", `${THERE}/24`, "dev", "eth0");
        ip("-n", NAME, "link", "set", "eth0", "up");
        ip("-n", NAME, "route", "add", "default", "via", HERE);
        return targets.map(([address, port]) =>
            asRoot("ip", "netns", "exec", NAME, "python3", "-c", PROBE, address, `${port}`).trim(),
        );
    } finally {
        remove();
    }
}

function remove(): void {
    try {
        ip("netns", "delete", NAME);
    } catch {
        // There is none.
    }
}

function ip(...words: string[]): void {
    asRoot("ip", ...words);
}

function asRoot(...words: string[]): string {
    const [command = "", ...rest] =
        process.getuid?.() === 0 ? words : ["sudo", "--non-interactive", ...words];
    return execFileSync(command, rest, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
