import { createPlatform } from "./components/index.ts";
import { readSettings } from "./config/settings.ts";
import { stackOutputs } from "./jobs/outputs.ts";
import { pipeline } from "./jobs/pipeline.ts";
import { findPrices } from "./jobs/prices.ts";
import { findReadings } from "./jobs/readings.ts";

export default async () => {
    const settings = readSettings();
    const readings = findReadings(settings.data);
    const platform = await createPlatform(settings);
    const { documents, zone, label, testPercent, models, trainRows, trainSeconds } = settings;
    const prices = findPrices(settings.prices, readings);
    const asked = { readings, prices, documents, zone, label, testPercent, models, trainRows, trainSeconds };
    const runs = platform.run("pipeline", pipeline(platform, asked));
    return stackOutputs(platform, runs);
};
