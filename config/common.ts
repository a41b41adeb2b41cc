// The settings of every target: what the jobs read and do, and when they run.
import { choice, list, text, whole } from "./kinds.ts";
import { CRON, TIME_ZONE } from "./schedule.ts";
import { TARGETS } from "./targets.ts";

/** A heap in JVM notation. */
export const MEMORY = {
    allowed: "a size in m or g such as 1536m or 2g, at least 512m",
    pattern: /^([1-9]\d*g|(51[2-9]|5[2-9]\d|[6-9]\d\d|\d{4,})m)$/,
    example: "2g",
};

export const COMMON = {
    target: choice({
        description:
            "The place where the platform runs: local (this machine, embedded), dev (Docker Swarm) or gcp (Google Cloud)",
        words: TARGETS,
    }),
    data: text({
        description:
            "The readings: a CSV file, a folder of CSV files or a glob such as 'data/more/*.csv'; absolute, or relative to the project's folder",
        default: "data/power_1.csv",
        rule: { allowed: "a CSV file, a folder or a glob", pattern: /./, example: "data/power_1.csv" },
    }),
    prices: text({
        description:
            "The prices of the time-of-use tariff: a CSV file, none, or auto, which takes prices/day_ahead.csv beside the readings if it is there",
        default: "auto",
        rule: { allowed: "auto, none or a CSV file", pattern: /./, example: "data/prices/day_ahead.csv" },
    }),
    zone: choice({
        description:
            "The clock of the readings' times: GMT, Europe/London, or auto, which takes it from the nights on which the clocks change",
        words: ["auto", "GMT", "Europe/London"],
    }),
    label: choice({
        description:
            "The meaning of a reading's time: the start or the end of its half hour, or auto, which takes it from the households' first and last readings",
        words: ["auto", "start", "end"],
    }),
    driverMemory: text({
        description: "The heap of a Spark driver in JVM notation, such as 2g or 1536m; at least 512m",
        default: "2g",
        rule: MEMORY,
    }),
    mongoDatabase: text({
        description:
            "The MongoDB database for readings and results; Firestore uses a database of its own name",
        default: "power",
        rule: {
            allowed: "1 to 38 letters, digits, _ and -",
            pattern: /^[\w-]{1,38}$/,
            example: "power",
        },
    }),
    testPercent: whole({
        description:
            "The share of the time span, in percent, that tests the models and is not used to train them; it is the last part",
        default: 20,
        least: 5,
        most: 50,
    }),
    models: list({
        description: "The models of consumption to train, separated by commas: linear, tree, forest, boosted",
        default: "linear,tree,forest,boosted",
        least: 1,
        rule: {
            allowed: "one or more of linear, tree, forest, boosted, each once, separated by commas",
            // Those of jobs/pyspark/london_power/train/regressors.py.
            pattern: /^(linear|tree|forest|boosted)$/,
            example: "linear,boosted",
        },
    }),
    trainRows: whole({
        description:
            "The largest number of readings that models are trained and tested on; training picks whole households, and its memory grows with this number",
        default: 2_000_000,
        least: 10_000,
        most: 10_000_000_000,
    }),
    trainSeconds: whole({
        description:
            "The time in seconds for trying parameters of the models; 0 for the usual parameters, which give the same results in every run",
        default: 0,
        least: 0,
        most: 86_400,
        example: 20,
    }),
    documents: choice({
        description:
            "The content of a MongoDB document: a reading (raw), a household's day (daily), or auto, which means raw up to 100,000 readings and daily above",
        words: ["auto", "daily", "raw"],
    }),
    schedule: text({
        description:
            "The time at which the pipeline runs again, in the five fields of cron, such as '0 3 * * *' for three o'clock each day; empty for never",
        default: "",
        rule: CRON,
    }),
    timeZone: text({
        description: "The time zone of schedule, by its IANA name",
        default: "Europe/London",
        rule: TIME_ZONE,
    }),
};
