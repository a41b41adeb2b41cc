"""Load profile, tariff effect and coverage, against numbers computed by hand and against what the generator
has put in.
"""

import json
import random
from datetime import date

import pyarrow as pa
import pytest
import spark_partials
from generator.shapes import TOU
from london_power.analyze import analysis
from london_power.analyze.question import Questions
from london_power.analyze.questions import ALL, TARIFF_EFFECT
from london_power.ingest import splits
from pyspark.sql import functions as F

HALF_HOURS = ["00:00", "00:30", "01:00"]


def day(home, tariff, group, at, *values):
    """The first readings of a day."""
    acorn = {"Affluent": "ACORN-A", "Adversity": "ACORN-Q"}[group]
    return [
        f"MAC{home:06d},{tariff},{at} {time}:00, {kwh} ,{acorn},{group}"
        for time, kwh in zip(HALF_HOURS, values, strict=False)
    ]


@pytest.fixture
def answers(run_job, write_csv, lake, spark):
    """answers(rows, …): the answers to readings from files of these rows, as rows by question."""

    class SilentJob:
        def stage(self, text):
            pass

    SilentJob.spark = spark

    def of(*files):
        csv = [word for n, rows in enumerate(files) for word in ("--csv", write_csv(*rows, name=f"{n}.csv"))]
        run_job("ingest", *csv, "--lake", lake.root)
        return {name: table.to_pylist() for name, table in analysis.answers(SilentJob(), lake).items()}

    return of


def test_load_profile(answers):
    rows = [
        *day(1, "Std", "Affluent", "2013-12-31", 0.2, 0.3),
        *day(1, "Std", "Affluent", "2013-02-28", 0.4, "Null"),
        *day(2, "ToU", "Affluent", "2013-01-31", 0.6),
        *day(2, "ToU", "Affluent", "2013-03-01", 0.7),
        *day(3, "Std", "Adversity", "2013-07-01", "Null", "0.1"),
    ]
    assert [tuple(row.values()) for row in answers(rows)["load_profile"]] == [
        ("winter", "Affluent", 0, 2, 3, 0.4),
        ("winter", "Affluent", 1, 2, 1, 0.3),
        ("spring", "Affluent", 0, 1, 1, 0.7),
        ("summer", "Adversity", 1, 1, 1, 0.1),
    ]


def test_tariff_effect(answers):
    # Household means in 2013: standard 0.2, 0.4, 0.6; time of use 0.1, 0.3. Of 2012 only June counts, since
    # there is no May of 2013; there the changes are 0 and 0.2, and -0.1 and -0.3.
    rows = [
        *day(1, "Std", "Affluent", "2012-06-01", 0.2),
        *day(1, "Std", "Affluent", "2013-06-01", 0.1, 0.3),
        *day(2, "Std", "Affluent", "2012-05-01", 9.9),
        *day(2, "Std", "Affluent", "2012-06-01", 0.2),
        *day(2, "Std", "Affluent", "2013-06-02", 0.4),
        *day(3, "Std", "Affluent", "2013-06-02", 0.6),
        *day(4, "ToU", "Affluent", "2012-06-01", 0.2),
        *day(4, "ToU", "Affluent", "2013-06-01", 0.1),
        *day(5, "ToU", "Affluent", "2012-06-01", 0.6),
        *day(5, "ToU", "Affluent", "2013-06-01", 0.3, "Null"),
        *day(6, "ToU", "Adversity", "2013-06-01", "Null"),
    ]
    effects = {(r["method"], r["acorn_group"]): r for r in answers(rows)["tariff_effect"]}
    assert list(effects) == [
        (method, group) for method in ("trial_year", "change_from_2012") for group in ("all", "Affluent")
    ]
    # Variances 0.04 of 3 and 0.02 of 2: standard error √(0.04/3 + 0.01); degrees of freedom after Welch.
    error = (0.04 / 3 + 0.01) ** 0.5
    degrees = (0.04 / 3 + 0.01) ** 2 / ((0.04 / 3) ** 2 / 2 + 0.01**2)
    found = effects["trial_year", "all"]
    assert (found["std_households"], found["tou_households"]) == (3, 2)
    assert (found["std_mean_kwh"], found["tou_mean_kwh"], found["effect_kwh"]) == (0.4, 0.2, -0.2)
    assert found["standard_error_kwh"] == pytest.approx(error, abs=1e-6)
    assert found["degrees_of_freedom"] == pytest.approx(degrees, abs=1e-6)
    # Student's 0.975 quantile of 2.882353 degrees of freedom, integrated numerically: 3.2576.
    assert (found["high_kwh"] - found["low_kwh"]) / 2 / error == pytest.approx(3.2576, abs=2e-3)
    assert found["effect_percent"] == -50
    changed = effects["change_from_2012", "Affluent"]
    assert (changed["std_households"], changed["tou_households"]) == (2, 2)
    assert (changed["std_mean_kwh"], changed["tou_mean_kwh"], changed["effect_kwh"]) == (0.1, -0.2, -0.3)
    assert changed["effect_percent"] == -60  # of 0.5: their 0.2 in 2013, and 0.3 more


def test_coverage(answers):
    rows = [
        *day(1, "Std", "Affluent", "2013-01-01", 0.1, 0.1, "Null"),
        *day(1, "Std", "Affluent", "2013-01-02", "Null"),
        *day(1, "Std", "Affluent", "2013-01-05", 0.1),
        *day(1, "Std", "Affluent", "2013-01-07", 0.1),
        *day(2, "ToU", "Adversity", "2013-01-03", 0.1, 0.1, 0.1),
    ]
    found = answers(rows)
    quality = {row["acorn_group"]: row for row in found["data_quality"]}
    first = date(2013, 1, 1), date(2013, 1, 7)
    second = date(2013, 1, 3), date(2013, 1, 3)
    assert [tuple(row.values()) for row in found["household_coverage"]] == [
        ("MAC000001", "Affluent", "Std", *first, 4, 2, 289, 1.384083, 3, 2, 3),
        ("MAC000002", "Adversity", "ToU", *second, 3, 0, 3, 100.0, 1, 0, 0),
    ]
    assert list(quality) == ["all", "Adversity", "Affluent"]
    assert quality["all"] == {
        "acorn_group": "all",
        "households": 2,
        "first_day": first[0],
        "last_day": first[1],
        "readings": 7,
        "missing": 2,
        "expected": 292,
        "days_incomplete": 4,
        "gaps": 2,
        "coverage_percent": 2.39726,
        "lowest_coverage_percent": 1.384083,
        "complete_households": 1,
        "longest_gap_days": 3,
    }


def test_homes_that_join_and_leave_within_a_day_do_not_lower_the_month(answers):
    """One home from noon of the 3rd to the label 00:00 of the 5th, with 0.5 kWh every half hour: that is 24
    kWh a day, and nothing is missing.
    """
    half_hours = [divmod(n, 48) for n in range(2 * 48 + 24, 4 * 48 + 1)]
    rows = [
        f"MAC000001,Std,2013-02-{day + 1:02d} {slot // 2:02d}:{slot % 2 * 30:02d}:00, 0.5 ,ACORN-A,Affluent"
        for day, slot in half_hours
    ]
    found = answers(rows)
    assert found["monthly_by_acorn"][0]["kwh_per_household_day"] == 24
    (home,) = found["household_coverage"]
    assert (home["readings"], home["expected"], home["coverage_percent"]) == (73, 73, 100)


def test_a_household_day_in_two_files_is_one_day(answers, monkeypatch):
    monkeypatch.setattr(
        splits, "SPLIT", 200
    )  # so that each file becomes a task, and a file of the lake, of its own
    monkeypatch.setattr(splits, "_LARGEST", 200)
    rows = day(1, "Std", "Affluent", "2013-01-01", 0.1, 0.2, 0.3)
    together, apart = answers(rows), answers(rows[1:], rows[:1])
    assert apart == together
    assert apart["monthly_by_acorn"][0]["kwh_per_household_day"] == 9.6


def test_answers_as_spark_sql_does_on_the_sample(run_job, lake, sample, spark):
    """The kernels against Spark's own sums of the readings, and DuckDB's answers against Spark's to the
    same text.
    """
    run_job("ingest", "--csv", sample, "--lake", lake.root)
    metrics = run_job("analyze", "--lake", lake.root)
    json.dumps(metrics, allow_nan=False)
    for name, statement in spark_partials.VIEWS.items():
        lake.read("readings").createOrReplaceTempView("readings")
        spark.sql(statement).persist().createOrReplaceTempView(name)
    assert set(metrics["results"]) - set(metrics["tables"]) == {"load_profile", "household_coverage"}
    for question in ALL:
        found = [row.asDict() for row in lake.read(f"results/{question.name}").collect()]
        assert found, question.name
        if question is TARIFF_EFFECT:  # finished in Python: test_tariff_effect has it by hand
            continue
        doubles = {name for name in found[0] if any(isinstance(row[name], float) for row in found)}
        spark_text = question.text.replace("1e6", "1e6D")
        asked = spark.sql(spark_text).sort(*map(F.expr, question.order))
        rounded = [F.round(c, 6).alias(c) if c in doubles else F.col(c) for c in asked.columns]
        assert [row.asDict() for row in asked.select(rounded).collect()] == found, question.name


def test_finds_the_effect_that_was_put_in():
    """On household-months made as the generator makes readings, of 28 days each."""
    draw = random.Random(7)
    # The generator's factors of the time-of-use tariff by half hour, which a flat profile meets evenly.
    effect = sum(TOU) / len(TOU) / 1000
    months = []
    for home in range(2000):
        tariff = "ToU" if home % 4 == 0 else "Std"
        level = draw.lognormvariate(-1.5, 0.5) * (
            0.8 if tariff == "ToU" else 1
        )  # the choosers use less anyway
        for year in (2012, 2013):
            for month in range(1, 13):
                season = 1.3 if month in (12, 1, 2) else 0.9
                factor = effect if tariff == "ToU" and year == 2013 else 1
                mean = level * season * factor * draw.gauss(1, 0.05)
                months.append(
                    (f"{year}-{month:02d}", "Affluent", tariff, f"H{home}", int(mean * 1344e6), 1344)
                )
    names = ["month", "acorn_group", "tariff", "household", "micro_kwh", "readings"]
    columns = dict(zip(names, map(list, zip(*months, strict=True)), strict=True))
    # Close to the normal distribution's quantile, as the degrees of freedom are many.
    questions = Questions({"household_months": pa.table(columns)}, lambda degrees: 1.96)
    rows = questions.ask(TARIFF_EFFECT).to_pylist()
    found = {row["method"]: row for row in rows if row["acorn_group"] == "all"}
    expected = 100 * (effect - 1)
    change = found["change_from_2012"]
    assert change["low_percent"] < expected < change["high_percent"]
    assert change["high_percent"] - change["low_percent"] < 1.5
    assert found["trial_year"]["high_percent"] < expected, (
        "the choosers' lower level is not the tariff's effect"
    )
