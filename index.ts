import { createPlatform } from "./components/index.ts";
import { readConfig } from "./config.ts";
import { stackOutputs } from "./jobs/outputs.ts";
import { Pipeline } from "./jobs/pipeline.ts";

export default async () => {
    const settings = readConfig();
    const platform = await createPlatform(settings);
    const pipeline = new Pipeline("pipeline", platform, settings);
    return stackOutputs(platform, pipeline);
};
