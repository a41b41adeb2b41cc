import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import { readConfig } from "../../config/settings.ts";

/** The package has no types. */
const { load } = createRequire(import.meta.url)("js-yaml");

/** The keys of the stack's configuration, as Pulumi.yaml declares them. */
export const DECLARED: Record<string, { default: unknown; description: string }> = load(
    readFileSync("Pulumi.yaml", "utf8"),
).config;

/** The engine gives the values to a program as text. */
const DEFAULTS = Object.fromEntries(
    Object.entries(DECLARED).map(([key, value]) => [key, `${value.default}`]),
);

/**
 * The settings that a stack has with some keys changed; those of Google's provider begin with `gcp:`.
 *
 * @param secrets the keys that are set with `--secret`
 */
export function settingsWith(changes: Record<string, string>, secrets: string[] = []) {
    const all = Object.entries({ ...DEFAULTS, ...changes }).map(([key, value]) => [
        key.includes(":") ? key : `london-power:${key}`,
        value,
    ]);
    pulumi.runtime.setAllConfig(
        Object.fromEntries(all),
        secrets.map((key) => `london-power:${key}`),
    );
    return readConfig();
}
