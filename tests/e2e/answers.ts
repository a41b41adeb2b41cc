import type { ExecutionContext } from "ava";
import type { Db } from "mongodb";
import { counts, type Project } from "./project.ts";
import { answersFrom } from "./sample.ts";

/** Holds what `up` has put out against a plain count over the sample; returns it. */
export async function sampleAnswered(t: ExecutionContext, project: Project): ReturnType<Project["outputs"]> {
    const outputs = await project.outputs();
    const expected = answersFrom(project.read("data/power_1.csv"));
    t.deepEqual(outputs.rows, { ...expected.rows, documents: "daily" });
    t.deepEqual(outputs.monthlyKwhPerDay, expected.monthlyKwhPerDay);
    t.deepEqual(outputs.tariffs, expected.tariffs);
    t.is(outputs.tariffEffect.trial_year.percent, expected.tariffEffectPercent);
    return outputs;
}

/** MongoDB has every household's day once, and the results of the newest analysis. */
export async function documentsAreThere(t: ExecutionContext, project: Project, database: Db): Promise<void> {
    const { rows, runs } = await project.outputs();
    t.is(await database.collection("data").countDocuments(), rows.loaded);
    t.true((await database.collection("results").countDocuments({ run: runs.analyze.id })) > 0);
}

/** A second up and a refresh find nothing to do. */
export async function nothingChanges(t: ExecutionContext, project: Project): Promise<void> {
    t.deepEqual(Object.keys(counts(await project.up())), ["unchanged"]);
    const { code, output } = await project.pulumi("refresh", "--yes", "--skip-preview");
    t.is(code, 0, output);
    t.deepEqual(Object.keys(counts(output)), ["unchanged"], output);
}
