// The program of ask.ts: it has only the resources that it was given.
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { Asked } from "./ask.ts";

class Any extends pulumi.CustomResource {}

for (const { type, name, version, inputs } of JSON.parse(readFileSync("asked.json", "utf8")) as Asked[]) {
    new Any(type, name, inputs, { version });
}
