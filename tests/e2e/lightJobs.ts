import type { Project } from "./project.ts";
import { LocalSignals, type Signals } from "./signals.ts";

/**
 * Puts small jobs in the place of the pipeline's, or of some of them: real Spark, real protocol, hardly any work. They wait
 * or fail as the test says; that does not count as an input of theirs.
 */
export function useLightJobs(
    project: Pick<Project, "path" | "write">,
    scripts = Object.keys(METRICS),
    signals: Signals = new LocalSignals(project.path("signals")),
): LightJobs {
    for (const script of scripts) {
        const metrics = METRICS[script as keyof typeof METRICS];
        project.write(`jobs/pyspark/${script}.py`, source(script, metrics, signals.uri));
    }
    return new LightJobs(signals);
}

/** Whether a job of the project is one of these. */
export function isLight(project: Pick<Project, "read">, script: string): boolean {
    return project.read(`jobs/pyspark/${script}.py`).includes(STAGE);
}

/** The stage that a small job reports. */
const STAGE = "count to a hundred";

export class LightJobs {
    private readonly signals: Signals;

    constructor(signals: Signals) {
        this.signals = signals;
    }

    /** Ids of the runs that have been started, oldest first; of one job, or of all. */
    async started(job = ""): Promise<string[]> {
        const all = (await this.signals.list("started")).map((name) => name.replace(/^\d+-/, ""));
        return all.filter((id) => id.startsWith(job));
    }

    /** Makes a job wait in its midst until the function that this returns is called. */
    async hold(script: string): Promise<() => Promise<void>> {
        await this.signals.make(`hold-${script}`);
        return () => this.signals.remove(`hold-${script}`);
    }

    /** Makes a job fail until the function that this returns is called. */
    async break(script: string, message: string): Promise<() => Promise<void>> {
        await this.signals.make(`break-${script}/${message}`);
        return () => this.signals.remove(`break-${script}`);
    }
}

/** The least that the contracts in jobs/results ask of the jobs. */
const METRICS = {
    ingest: {
        rows_read: 3,
        rows_null: 0,
        rows_quarantined: 0,
        rows_duplicate: 0,
        rows_stored: 3,
        quarantine_reasons: {},
        increment: {
            files_read: 1,
            files_carried_over: 0,
            files_gone: 0,
            months_written: ["2013-01"],
            read_everything_because: null,
        },
        times: { zone: "GMT", zone_by: "default", label: "end", label_by: "default" },
    },
    load: { rows_loaded: 3, documents: "raw" },
    analyze: {
        tables: {
            monthly_by_acorn: [],
            std_vs_tou: [
                {
                    period: "trial",
                    acorn_group: "all",
                    std_mean_kwh: 0.2,
                    tou_mean_kwh: null,
                    difference_percent: null,
                },
            ],
            tariff_effect: [],
        },
        plots: [],
        results: {},
    },
    train: {
        models: {},
        baselines: {},
        best: "linear",
        intervals: {},
        paths: {},
        classification: { skipped: "light" },
        residual_plot: "",
        card: "",
    },
    report: { report: "LAKE/report.html" },
};

function source(script: string, metrics: object, signals: string): string {
    return `
import json, time
from london_power.common.job import Arguments, main

def work(job):
    def at(name):
        return job.spark._jvm.org.apache.hadoop.fs.Path(${JSON.stringify(signals)} + "/" + name)

    files = at("").getFileSystem(job.spark._jsc.hadoopConfiguration())
    files.mkdirs(at(f"started/{time.time_ns()}-{job.arguments.run}"))
    job.stage("${STAGE}")
    assert job.spark.range(100).count() == 100
    while files.exists(at("hold-${script}")):
        time.sleep(0.1)
    if files.exists(at("break-${script}")):
        raise ValueError(files.listStatus(at("break-${script}"))[0].getPath().getName())
    return json.loads('${JSON.stringify(metrics)}'.replace("LAKE", job.arguments.lake))

class Anything(Arguments):
    def parse_args(self):
        return self.parse_known_args()[0]

arguments = Anything()
arguments.add_argument("--lake", default="file:///nowhere")
main("${script}", arguments, work)
`;
}
