import test from "ava";
import { serviceSpec } from "../../../provider/launchers/swarmService.ts";
import type { SwarmLauncherConfig } from "../../../provider/sdk/launcherConfig.ts";

const config: SwarmLauncherConfig = {
    kind: "swarm",
    host: "unix:///run/docker.sock",
    runsDir: "/runs",
    stack: "lp",
    image: "spark:1",
    network: "net",
    volume: "vol",
    scripts: "/london-power/jobs/abc",
    secrets: [{ id: "1", name: "spark-x", file: "spark" }],
    logins: {
        ingest: { id: "2", name: "ingest-x", file: "mongo-ingest" },
        analysis: { id: "3", name: "analysis-x", file: "mongo-analysis" },
    },
    constraints: ["node.hostname==one"],
    memory: "2g",
    memoryLimit: 3 << 30,
};

// biome-ignore lint/suspicious/noExplicitAny: the engine's own structure.
const specOf = (given: { args?: string[]; uses?: string[] }): any =>
    serviceSpec(
        {
            runId: "load-1",
            job: "load",
            script: "jobs/pyspark/ingest.py",
            conf: { "spark.a": "b" },
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

test("an unknown login is refused with the names of the existing ones", (t) => {
    t.throws(() => specOf({ uses: ["report"] }), {
        message: "job load uses the login report; there are ingest, analysis",
    });
});

test("a driver's container has the same rights and folders as a service", (t) => {
    const { ReadOnly, CapabilityDrop, Mounts, Secrets } = specOf({}).TaskTemplate.ContainerSpec;
    t.true(ReadOnly);
    t.deepEqual(CapabilityDrop, ["ALL"]);
    t.deepEqual(Secrets[0].File, { Name: "spark", UID: "10001", GID: "10001", Mode: 0o400 });
    t.deepEqual(JSON.parse(JSON.stringify(Mounts)), [
        { Type: "volume", Target: "/london-power", Source: "vol", ReadOnly: true },
        { Type: "volume", Target: "/tmp", ReadOnly: false },
        { Type: "tmpfs", Target: "/run/london-power" },
    ]);
});

test("a driver runs once, with labels by which it is found again", (t) => {
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

test("the script comes from the volume, and the run's id follows its arguments", (t) => {
    const { Args } = specOf({ args: ["--to", "mongo"] }).TaskTemplate.ContainerSpec;
    t.deepEqual(Args.slice(0, 2), ["driver", "/london-power/jobs/abc"]);
    t.deepEqual(Args.slice(-5), ["/london-power/jobs/abc/ingest.py", "--to", "mongo", "--run", "load-1"]);
});
