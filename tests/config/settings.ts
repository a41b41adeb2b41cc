import * as pulumi from "@pulumi/pulumi";
import { declarations } from "../../config/declared.ts";
import { readSettings, type Settings } from "../../config/settings.ts";
import type { Target } from "../../config/targets.ts";

/** The engine gives the values to a program as text. */
const DEFAULTS = Object.fromEntries(
    Object.entries(declarations()).map(([key, value]) => [key, `${value.default}`]),
);

/**
 * The settings that a stack has with some keys changed; those of Google's provider begin with `gcp:`.
 *
 * @param secrets the keys that are set with `--secret`
 */
export function settingsWith<T extends Target>(
    target: T,
    changes: Record<string, string> = {},
    secrets: string[] = [],
): Extract<Settings, { target: T }> {
    const all = Object.entries({ ...DEFAULTS, target, ...changes }).map(([key, value]) => [
        key.includes(":") ? key : `london-power:${key}`,
        value,
    ]);
    pulumi.runtime.setAllConfig(
        Object.fromEntries(all),
        secrets.map((key) => `london-power:${key}`),
    );
    return readSettings() as Extract<Settings, { target: T }>;
}
