import test from "ava";
import type { SwarmLauncherConfig } from "../../../provider/launchers/launcher.ts";
import { serviceSpec } from "../../../provider/launchers/swarmService.ts";

const config: SwarmLauncherConfig = {
    ...{ kind: "swarm", host: "unix:///run/docker.sock", runsDir: "/runs", stack: "lp" },
    ...{ image: "spark:1", network: "net", volume: "vol", scripts: "/london-power/jobs/abc" },
    secrets: [
        { id: "1", name: "spark-x", file: "spark" },
        { id: "2", name: "ingest-x", file: "mongo-ingest", login: "ingest" },
        { id: "3", name: "analysis-x", file: "mongo-analysis", login: "analysis" },
    ],
    constraints: ["node.hostname==one"],
    ...{ memory: "2g", memoryLimit: 3 << 30 },
};

// biome-ignore lint/suspicious/noExplicitAny: the engine's own structure.
const specOf = (given: { args?: string[]; uses?: string[] }): any =>
    serviceSpec(
        {
            ...{ runId: "load-1", job: "load", script: "jobs/pyspark/ingest.py", conf: { "spark.a": "b" } },
            args: given.args ?? [],
            uses: given.uses ?? [],
            results: {},
        },
        config,
        "2026-01-01T00:00:00Z",
    );

test("a driver gets the logins that it uses, and no others", (t) => {
    const files = (uses: string[]) =>
        specOf({ uses }).TaskTemplate.ContainerSpec.Secrets.map(
            ({ File }: { File: { Name: string } }) => File.Name,
        );
    t.deepEqual(files(["ingest"]), ["spark", "mongo-ingest"]);
    t.deepEqual(files([]), ["spark"]);
});

test("it runs once, under labels by which it is found again", (t) => {
    const spec = specOf({});
    t.deepEqual(spec.Mode, { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } });
    t.is(spec.TaskTemplate.RestartPolicy.Condition, "none");
    t.deepEqual(spec.TaskTemplate.Placement.Constraints, ["node.hostname==one"]);
    t.like(spec.Labels, {
        "london-power.stack": "lp",
        "london-power.job": "load",
        "london-power.run": "load-1",
    });
});

test("the script is that of the volume, with the run's id behind its arguments", (t) => {
    const { Args } = specOf({ args: ["--to", "mongo"] }).TaskTemplate.ContainerSpec;
    t.deepEqual(Args.slice(0, 2), ["driver", "/london-power/jobs/abc"]);
    t.deepEqual(Args.slice(-5), ["/london-power/jobs/abc/ingest.py", "--to", "mongo", "--run", "load-1"]);
});
