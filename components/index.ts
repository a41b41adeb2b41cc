import type { Settings } from "../config/settings.ts";
import type { DataPlatform } from "./common/platform.ts";

/** Creates the platform of the stack's target. It loads the code and the cloud SDK of that target only. */
export async function createPlatform(settings: Settings): Promise<DataPlatform> {
    switch (settings.target) {
        case "local": {
            const { LocalPlatform } = await import("./local/index.ts");
            return new LocalPlatform("local", settings);
        }
        case "dev": {
            const { SwarmPlatform } = await import("./swarm/index.ts");
            const { findEngine } = await import("./swarm/engine.ts");
            return new SwarmPlatform("dev", settings, await findEngine());
        }
        case "gcp": {
            const { GooglePlatform } = await import("./gcp/index.ts");
            return new GooglePlatform("gcp", settings);
        }
    }
}
