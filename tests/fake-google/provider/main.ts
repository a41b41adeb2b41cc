// Takes the place of Pulumi's gcp provider in tests; the engine starts it as pulumi-resource-gcp.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ENDPOINT } from "../../../config/gcp.ts";
import { projectDir } from "../../../provider/host/tools.ts";
import type { AnyKind } from "../../../provider/rpc/kind.ts";
import { serve } from "../../../provider/rpc/server.ts";
import { functionsOf } from "./functions.ts";
import { kindOf } from "./kinds.ts";

const google = process.env[ENDPOINT];
if (!google) {
    throw new Error(`${ENDPOINT} has to be the address of the server that stands in for Google`);
}
const packageFile = join(projectDir, "node_modules/@pulumi/gcp/package.json");
const { version } = JSON.parse(readFileSync(packageFile, "utf8"));
const known: Record<string, AnyKind> = {};
await serve(
    new Proxy(known, {
        get(_, token: string) {
            known[token] ??= kindOf(token, google);
            return known[token];
        },
    }),
    { version, keepsConfiguration: true, functions: functionsOf(google) },
);
