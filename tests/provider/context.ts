import type { Context } from "../../provider/rpc/kind.ts";

/** A context in which nothing is shown and nothing gets cancelled, unless told otherwise. */
export function contextWith(changes: Partial<Context> = {}): Context {
    const urn = "urn:pulumi:test::london-power::london-power:test:Thing::thing";
    return { urn, signal: new AbortController().signal, progress() {}, info() {}, warn() {}, ...changes };
}
