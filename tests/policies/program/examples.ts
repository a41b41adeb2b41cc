import type { Output } from "@pulumi/pulumi";
import { docker } from "./examples/docker.ts";
import { google } from "./examples/google.ts";

/** A resource, and what the policies have to say of it: each by its name and a part of its words. */
export interface Example {
    name: string;
    type: string;
    inputs: object | ((password: Output<string>) => object);
    finds: [policy: string, words: RegExp][];
}

/** What stands for itself: the name says what is wrong with each, and `good-` that nothing is. */
export const EXAMPLES: Example[] = [...docker, ...google];
