import { createPlatform } from "./components/index.ts";
import { readConfig } from "./config.ts";
import { stackOutputs } from "./jobs/outputs.ts";
import { Pipeline } from "./jobs/pipeline.ts";
import { findReadings } from "./jobs/readings.ts";

export default async () => {
    const settings = readConfig();
    const readings = findReadings(settings.data);
    const platform = await createPlatform(settings);
    const { testPercent, models, trainSeconds, documents } = settings;
    const pipeline = new Pipeline("pipeline", platform, {
        ...{ readings, documents },
        ...{ testPercent, models, trainSeconds },
    });
    return stackOutputs(platform, pipeline);
};
