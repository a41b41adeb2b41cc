import * as pulumi from "@pulumi/pulumi";
import { EXAMPLES } from "./examples.ts";

class Password extends pulumi.CustomResource {
    declare readonly result: pulumi.Output<string>;
    constructor(name: string) {
        super("random:index/randomPassword:RandomPassword", name, { length: 40, result: undefined });
    }
}

class Any extends pulumi.CustomResource {}

const { result } = new Password("password");
for (const { name, type, inputs } of EXAMPLES) {
    new Any(type, name, typeof inputs === "function" ? inputs(result) : inputs);
}
