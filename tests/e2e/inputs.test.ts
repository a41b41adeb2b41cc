// Wrong settings and wrong data: each a clear error, or a row that is counted and kept aside. Ingest is the real one.
import { readFileSync } from "node:fs";
import test from "ava";
import { useLightJobs } from "./lightJobs.ts";
import { newProject, type Project } from "./project.ts";

const HEADER = "LCLid,stdorToU,DateTime,KWH/hh (per half hour) ,Acorn,Acorn_grouped";
const ROW = "MAC000002,Std,2013-01-01 00:30:00.0000000, 0.219 ,ACORN-A,Affluent";

let project: Project;
test.before(async () => {
    project = await newProject();
    useLightJobs(project, ["analyze", "train", "report"]);
});
test.after.always(() => project?.dispose());

test.serial("the CLI itself refuses a value of the wrong type", async (t) => {
    const { code, output } = await previewWith("cores", "two");
    t.not(code, 0);
    t.regex(output, /key 'cores' must be of type 'integer'/);
});

test.serial(
    "a wrong value is refused with its key, what is allowed and the command that sets it",
    async (t) => {
        const { code, output } = await previewWith("target", "devv");
        t.not(code, 0);
        t.true(
            output.includes(
                'london-power:target is "devv"; allowed: local, dev, gcp. Set it: pulumi config set london-power:target local --stack local',
            ),
            output,
        );
    },
);

test.serial("the Google Cloud target says what it wants to know", async (t) => {
    const { code, output } = await previewWith("target", "gcp");
    t.not(code, 0);
    t.regex(output, /gcp:project is not set; allowed: a project's id.* pulumi config set gcp:project my-/);
    t.regex(output, /gcp:region is not set; .* pulumi config set gcp:region europe-west2 --stack local/);
});

test.serial("data that are not there are refused in the preview", async (t) => {
    const { code, output } = await previewWith("data", "data/nowhere.csv");
    t.not(code, 0);
    t.regex(output, /london-power:data is "data\/nowhere\.csv", and there is no CSV file at/);
    t.regex(output, /pulumi config set london-power:data data\/power_1\.csv/);
});

test.serial("a connection string in plain text is refused, and not repeated", async (t) => {
    const { code, output } = await previewWith("mongoUri", "mongodb://me:Winter-Garden-7@db.example/");
    t.not(code, 0);
    t.regex(output, /london-power:mongoUri is in plain text in Pulumi\.local\.yaml/);
    t.notRegex(output, /Winter-Garden-7/);
});

test.serial("a file with a wrong header fails ingest, and says what was expected", async (t) => {
    const output = await upWith(`LCLid,stdorToU,DateTime,kWh,Acorn,Acorn_grouped\n${ROW}\n`);
    t.regex(output, /ingest failed: JobError: .*mine\.csv/);
    t.regex(output, /KWH\/hh \(per half hour\)/);
});

test.serial("an empty file fails ingest", async (t) => {
    t.regex(await upWith(""), /ingest failed: JobError: .*mine\.csv.* is empty/);
});

test.serial("a file with nothing but a header fails ingest", async (t) => {
    t.regex(await upWith(`${HEADER}\n`), /ingest failed: JobError: .*no rows/);
});

test.serial(
    "rows that cannot be read are kept aside and counted by reason; the others are stored",
    async (t) => {
        const rows = [
            ROW,
            ROW,
            ROW.replace("0.219", "Null").replace("00:30", "01:00"),
            ROW.replace("0.219", "much"),
        ];
        await use("data/mine.csv", `${[HEADER, ...rows, "half a row"].join("\n")}\n`);
        await project.up();
        const { rows: counted, paths, runs } = await project.outputs();
        t.is(Object.keys(runs).length, 5, "all jobs have run");
        t.like(counted, { read: 5, stored: 2, missing: 1, duplicate: 1, quarantined: 2, loaded: 2 });
        t.is(Object.keys(counted.quarantineReasons).length, 2);
        const pointer = readFileSync(`${paths.lake.replace("file://", "")}/quarantine/_current`, "utf8");
        t.regex(pointer, /ingest-/);
    },
);

test.serial(
    "a preview names the file that has changed and its months, and only these are written",
    async (t) => {
        await project.pulumi("config", "set", "london-power:data", "data/month-*.csv");
        project.write("data/month-1.csv", `${HEADER}\n${ROW}\n`);
        project.write("data/month-2.csv", `${HEADER}\n${ROW.replace("-01-", "-02-")}\n`);
        await project.up();
        project.write("data/month-2.csv", `${HEADER}\n${ROW.replace("-01-", "-03-")}\n`);
        const { output } = await project.pulumi("preview", "--non-interactive");
        t.regex(output, /runs again: data\/month-2\.csv changed \(2013-02 → 2013-03\)/);
        await project.up();
        const { increment } = await project.outputs();
        t.like(increment, { filesRead: 1, monthsWritten: ["2013-02", "2013-03"] });
    },
);

/** A preview with one setting changed, which is put back afterwards. */
async function previewWith(key: string, value: string) {
    await project.pulumi("config", "set", `london-power:${key}`, value, "--plaintext");
    const result = await project.pulumi("preview");
    await project.pulumi(
        "config",
        key === "target" ? "set" : "rm",
        `london-power:${key}`,
        ...(key === "target" ? ["local"] : []),
    );
    return result;
}

/** Returns the output of a failing `up` on data with this content. */
async function upWith(content: string): Promise<string> {
    await use("data/mine.csv", content);
    return project.upFails();
}

/** Writes a file and takes it for the stack's data. */
async function use(path: string, content: string): Promise<void> {
    project.write(path, content);
    await project.pulumi("config", "set", "london-power:data", path);
}
