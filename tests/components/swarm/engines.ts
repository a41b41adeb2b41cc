import type { Engine } from "../../../components/swarm/engine.ts";

/**
 * A Docker engine of the node `one`, on a machine of 8 cores and 16 GiB.
 *
 * @param others its swarm's other nodes; those whose name begins with "old" have left it
 */
export function engineWith(...others: string[]): Engine {
    const nodes = ["one", ...others].map((name) => ({
        name,
        isSelf: name === "one",
        isReady: !name.startsWith("old"),
    }));
    return { host: "unix:///s", machine: { cores: 8, memory: 16_384 }, nodes };
}
