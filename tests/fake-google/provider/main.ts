// Takes the place of Pulumi's gcp provider in tests; the engine starts it as pulumi-resource-gcp. FAKE_GOOGLE is the address of
// the server that stands in for Google.
import { createRequire } from "node:module";
import type { AnyKind } from "../../../provider/rpc/kind.ts";
import { serve } from "../../../provider/rpc/server.ts";
import { kindOf } from "./kinds.ts";

const google = process.env.FAKE_GOOGLE;
if (!google) {
    throw new Error("FAKE_GOOGLE has to be the address of the server that stands in for Google");
}
const known: Record<string, AnyKind> = {};
await serve(
    new Proxy(known, {
        get(_, token: string) {
            known[token] ??= kindOf(token, google);
            return known[token];
        },
    }),
    // The one whose place it takes.
    createRequire(import.meta.url)("@pulumi/gcp/package.json").version,
);
