// The program of ask.ts: the resources that it was given, and nothing else.
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { Asked } from "./ask.ts";

class Any extends pulumi.CustomResource {}

for (const { type, name, version, inputs } of JSON.parse(readFileSync("asked.json", "utf8")) as Asked[]) {
    new Any(type, name, inputs, { version });
}
