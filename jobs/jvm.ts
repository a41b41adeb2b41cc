import { statSync } from "node:fs";

const MB = 1e6;

/**
 * Up to how many bytes of CSV a job ends sooner without the JVM's second compiler, which takes a core of a small machine
 * for seconds and pays back over minutes. Where Python does the work, it never pays. Figures: `make bench` with ROWS from
 * 30,000 (2 MB) to 27,000,000 (1.8 GB), 2 cores.
 */
const QUICK_UP_TO = {
    ingest: Infinity,
    load: 1000 * MB,
    analyze: 1000 * MB,
    train: Infinity,
    report: Infinity,
};

/** The Spark settings that suit a job's JVMs, by the size of the CSV files that all begins with. */
export function jvmFor(job: keyof typeof QUICK_UP_TO, readings: string[]): Record<string, string> {
    const bytes = readings.reduce((sum, file) => sum + statSync(file).size, 0);
    if (bytes > QUICK_UP_TO[job]) {
        return {};
    }
    const options = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
    return { "spark.driver.extraJavaOptions": options, "spark.executor.extraJavaOptions": options };
}
