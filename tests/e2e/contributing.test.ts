// The job that CONTRIBUTING.md shows how to write, on readings of its own. tests/docs/contributing.test.ts has its service.
import test from "ava";
import { blocksFor } from "../docs/blocks.ts";
import { useLightJobs } from "./lightJobs.ts";
import { newProject } from "./project.ts";

const HEADER = "LCLid,stdorToU,DateTime,KWH/hh (per half hour) ,Acorn,Acorn_grouped";

test("a job that is added as CONTRIBUTING.md says runs on the lake, and reports what it found", async (t) => {
    const project = await newProject();
    t.teardown(() => project.dispose());
    useLightJobs(project, ["analyze", "train", "report"]);
    const [script, entry] = blocksFor(import.meta.filename, project.read("CONTRIBUTING.md"));
    project.write("jobs/pyspark/households.py", script?.content as string);
    const pipeline = project.read("jobs/pipeline.ts");
    project.write(
        "jobs/pipeline.ts",
        `import { z } from "zod";\nimport { results } from "./results/contract.ts";\n${pipeline}`.replace(
            / {4}return \[(.*)\];/,
            `${entry?.content}    return [$1, households];`,
        ),
    );
    const rows = ["MAC000001", "MAC000002", "MAC000001"].map(
        (household, i) => `${household},Std,2013-01-01 0${i}:30:00.0000000, 0.2 ,ACORN-A,Affluent`,
    );
    project.write("data/three.csv", [HEADER, ...rows, ""].join("\n"));
    await project.pulumi("config", "set", "london-power:data", "data/three.csv");

    await project.up();
    const { resources } = JSON.parse(await project.state()).deployment;
    const job = resources.find(({ urn }: { urn: string }) => urn.endsWith("::households"));
    t.deepEqual(job.outputs.metrics, { households: 2 });
    t.is((await project.outputs()).households, 2);
});
