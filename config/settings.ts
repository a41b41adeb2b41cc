import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { COMMON } from "./common.ts";
import { checkGcp, GCP, type GcpOnly, gcpSettings, PLACE } from "./gcp.ts";
import { LOCAL } from "./local.ts";
import { plainSecrets, unknownKeys, withoutEffect, wrongValues } from "./problems.ts";
import { checkSwarm, SWARM, type SwarmOnly } from "./swarm.ts";
import type { Target } from "./targets.ts";

/** The settings that not every target has, by target. */
export const OWN = { local: LOCAL, dev: SWARM, gcp: GCP } satisfies Record<Target, z.ZodRawShape>;

/** The settings of every target. */
export type CommonSettings = Values<typeof COMMON>;
export type LocalSettings = CommonSettings & Values<typeof LOCAL>;
export type SwarmSettings = CommonSettings & SwarmOnly;
export type GcpSettings = CommonSettings & GcpOnly;

/** The checked configuration of the stack. */
export type Settings =
    | (LocalSettings & { target: "local" })
    | (SwarmSettings & { target: "dev" })
    | (GcpSettings & { target: "gcp" });

/**
 * Reads the configuration of the stack. Pulumi's CLI has already added the defaults that Pulumi.yaml declares. The values of other
 * targets are checked as well; a warning says that they have no effect.
 *
 * @throws {pulumi.RunError} with the value of each wrong key, the allowed values and the command that sets it
 */
export function readSettings(): Settings {
    const problems = unknownKeys(Object.keys({ ...COMMON, ...LOCAL, ...SWARM, ...GCP }));
    const read = <Shape extends z.ZodRawShape>(shape: Shape, namespace = "london-power") => {
        const raw = valuesOf(shape, namespace);
        const { data, error } = z.object(shape).safeParse(raw);
        problems.push(...wrongValues(namespace, shape, raw, error), ...plainSecrets(namespace, shape, raw));
        return data;
    };
    const [common, local, swarm, gcp] = [read(COMMON), read(LOCAL), read(SWARM), read(GCP)];
    const target = pulumi.runtime.getConfig("london-power:target");
    const place = target === "gcp" ? read(PLACE, "gcp") : undefined;
    const google = gcp && place && gcpSettings(gcp, place);
    if (google) {
        problems.push(...checkGcp(google));
    }
    if (swarm && target === "dev") {
        problems.push(...checkSwarm(swarm));
    }
    if (problems.length > 0 || !common || !local || !swarm) {
        throw new pulumi.RunError(
            `the configuration of stack ${pulumi.getStack()} is wrong:\n${[...new Set(problems)].join("\n")}`,
        );
    }
    for (const warning of withoutEffect(OWN, common.target)) {
        void pulumi.log.warn(warning);
    }
    if (google) {
        return { ...common, ...google, target: "gcp" };
    }
    return common.target === "dev"
        ? { ...common, ...swarm, target: "dev" }
        : { ...common, ...local, target: "local" };
}

type Values<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

/** The values as they are set; "" for a key of Google's provider that is not set. `Config.get` would warn of secrets. */
function valuesOf(shape: z.ZodRawShape, namespace: string): Record<string, string> {
    return Object.fromEntries(
        Object.keys(shape).map((key) => [key, pulumi.runtime.getConfig(`${namespace}:${key}`) ?? ""]),
    );
}
