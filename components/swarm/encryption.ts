import { spawnSync } from "node:child_process";

/**
 * Why this machine's kernel cannot encrypt what travels between nodes; `undefined` where it can, or where that is not to be
 * seen from here: for an engine elsewhere, and without `unshare` and `ip`.
 *
 * The kernel is asked for a key of the kind that the engine uses (IPsec's ESP with AES-GCM), in a network namespace of its own
 * that ends with the question. An engine whose kernel refuses it makes the network all the same, and then drops all that
 * comes from other nodes.
 *
 * @param host the Docker engine, as in DOCKER_HOST
 */
export function encryptionProblem(host: string): string | undefined {
    if (!host.startsWith("unix:")) {
        return undefined;
    }
    const { status, stderr } = spawnSync("unshare", [...OWN_NETWORK, "ip", ...KEY], { encoding: "utf8" });
    // 2 is how `ip` says that the kernel refused; `unshare` itself ends with 1, or 127 where there is no `ip`.
    return status === 2 ? stderr.trim().replace(/^(Error: |RTNETLINK answers: )/, "") : undefined;
}

const OWN_NETWORK = ["--net", "--map-root-user"];
const KEY = [
    ...["xfrm", "state", "add", "src", "127.0.0.1", "dst", "127.0.0.2", "proto", "esp", "spi", "0x1"],
    ...["mode", "transport", "aead", "rfc4106(gcm(aes))", `0x${"00".repeat(20)}`, "128"],
];
