import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../config.ts";
import type { DataPlatform } from "./platform.ts";

/**
 * The platform of the target that the stack is for. A target's code and its cloud's SDK are loaded only when chosen.
 *
 * @throws {pulumi.RunError} for a target that is not built yet
 */
export async function createPlatform(settings: Settings): Promise<DataPlatform> {
    switch (settings.target) {
        case "local": {
            const { LocalPlatform } = await import("./local/index.ts");
            return new LocalPlatform("local", settings);
        }
        case "dev": {
            const { SwarmPlatform } = await import("./swarm/index.ts");
            return new SwarmPlatform("dev", settings);
        }
        default:
            throw new pulumi.RunError(
                `london-power:target is "${settings.target}": this target is not built yet. Use the embedded one: ` +
                    `pulumi config set london-power:target local --stack ${pulumi.getStack()}`,
            );
    }
}
