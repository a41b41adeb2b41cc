// The warehouse's statements, by the analyser of BigQuery's own language: tests/sql-check/main.go.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import test from "ava";
import { statement, VIEWS } from "../../../components/gcp/sql.ts";

const CHECK = join(import.meta.dirname, "../../sql-check/bin/sql-check");

/** What BigQuery makes of the lake's files. */
const TABLES = {
    readings_files: {
        household: "STRING",
        tariff: "STRING",
        time: "TIMESTAMP",
        kwh: "FLOAT64",
        acorn: "STRING",
        acorn_group: "STRING",
        run: "STRING",
        month: "STRING",
    },
};

test("the views fit the lake's files and each other", (t) => {
    const found = analyse(VIEWS.map((name) => ({ name, sql: sqlOf(name) })));
    t.deepEqual(Object.keys(found).sort(), [...VIEWS].sort());
    const { month, ...withoutMonth } = found.lake_readings as Record<string, string>;
    t.is(month, "STRING");
    t.deepEqual(withoutMonth, {
        household: "STRING",
        tariff: "STRING",
        time: "TIMESTAMP",
        kwh: "DOUBLE",
        acorn: "STRING",
        acorn_group: "STRING",
    });
    t.like(found.monthly_by_acorn, { households: "INT64", kwh_per_household_day: "DOUBLE" });
    t.like(found.std_vs_tou, { std_mean_kwh: "DOUBLE", difference_percent: "DOUBLE" });
});

test("a statement that BigQuery would refuse is refused", (t) => {
    for (const [sql, message] of [
        ["SELECT kwh + household FROM readings_files", /No matching signature for operator \+/],
        ["SELECT no_such_column FROM readings_files", /Unrecognized name: no_such_column/],
        ["SELECT CAST(kwh AS DOUBLE) FROM readings_files", /Type not found: DOUBLE/],
    ] as const) {
        t.throws(() => analyse([{ name: "wrong", sql }]), { message }, sql);
    }
});

/** Without the dataset's name, which the analyser has no catalog for. */
function sqlOf(name: string): string {
    return statement(name, "").replaceAll(/(?<=\s)\.(?=\w)/g, "");
}

function analyse(statements: { name: string; sql: string }[]): Record<string, Record<string, string>> {
    const input = JSON.stringify({ tables: TABLES, statements });
    return JSON.parse(execFileSync(CHECK, { input, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] }));
}
