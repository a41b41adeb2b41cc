import { existsSync, readFileSync, rmSync } from "node:fs";
import type { Project } from "./project.ts";

/**
 * Puts small jobs in the place of the pipeline's, or of some of them: real Spark, real protocol, hardly any work. While a file `hold-<script>`
 * stands in the project's folder the job waits; where a file `break-<script>` stands it fails with what the file says.
 * Neither counts as an input of the job.
 */
export function useLightJobs(project: Project, scripts = Object.keys(METRICS)): void {
    for (const script of scripts) {
        project.write(`jobs/pyspark/${script}.py`, source(script, METRICS[script as keyof typeof METRICS]));
    }
}

/** The runs that have been started, oldest first. */
export function startedRuns(project: Project): string[] {
    const file = project.path("started");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
}

/** Process ids of the drivers that have been started, oldest first. */
export function driverPids(project: Project): number[] {
    return project.read("drivers").trim().split("\n").map(Number);
}

/** Makes a job wait until the function that this returns is called. */
export function holdJob(project: Project, script: string): () => void {
    project.write(`hold-${script}`, "");
    return () => rmSync(project.path(`hold-${script}`), { force: true });
}

/** Makes a job fail until the function that this returns is called. */
export function breakJob(project: Project, script: string, message: string): () => void {
    project.write(`break-${script}`, message);
    return () => rmSync(project.path(`break-${script}`), { force: true });
}

/** The least that the stack's outputs ask of the jobs' metrics. */
const METRICS = {
    ingest: {
        rows_read: 3,
        rows_null: 0,
        rows_quarantined: 0,
        rows_duplicate: 0,
        rows_stored: 3,
        rows_loaded: 3,
    },
    analyze: {
        tables: {
            monthly_by_acorn: [],
            std_vs_tou: [{ period: "trial", acorn_group: "all", std_mean_kwh: 0.2 }],
        },
        plots: [],
        results: {},
    },
    train: { models: {}, baselines: {}, paths: {} },
};

function source(script: string, metrics: object): string {
    return `
import json, os, time
from london_power.job import Arguments, main

def work(job):
    with open("started", "a") as file:
        file.write(job.arguments.run + "\\n")
    with open("drivers", "a") as file:
        file.write(f"{os.getpid()}\\n")
    job.stage("count to a hundred")
    assert job.spark.range(100).count() == 100
    while os.path.exists("hold-${script}"):
        time.sleep(0.1)
    if os.path.exists("break-${script}"):
        raise ValueError(open("break-${script}").read())
    return json.loads('${JSON.stringify(metrics)}')

class Anything(Arguments):
    def parse_args(self):
        return self.parse_known_args()[0]

main("${script}", Anything(), work)
`;
}
