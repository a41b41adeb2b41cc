import type { z } from "zod";
import { COMMON } from "./common.ts";
import { aboutOf } from "./kinds.ts";
import { targetsOf } from "./problems.ts";
import { OWN } from "./settings.ts";

/** What Pulumi.yaml declares of a setting. */
export interface Declaration {
    type: string;
    description: string;
    default: string | number | boolean;
}

/** Returns the settings for Pulumi.yaml, by key. A description begins with the targets that have the setting, if not all have it. */
export function declarations(): Record<string, Declaration> {
    const all = { ...COMMON, ...OWN.local, ...OWN.dev, ...OWN.gcp };
    return Object.fromEntries(
        Object.entries(all).map(([name, schema]) => {
            const about = aboutOf(schema as z.ZodType);
            const targets = targetsOf(OWN, name);
            const prefix = targets.length > 0 ? `${targets.join(", ")}: ` : "";
            return [
                name,
                {
                    type: about.type,
                    description: `${prefix}${about.description}`,
                    default: about.default,
                },
            ];
        }),
    );
}
