"""Load profile, coverage and who is there when, against numbers computed by hand and against Spark SQL's."""

import json
from datetime import date

import pytest
import spark_partials
from london_power.analyze import analysis
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
    names = ("season", "acorn_group", "half_hour", "households", "readings", "mean_kwh")
    assert [tuple(row[name] for name in names) for row in answers(rows)["load_profile"]] == [
        ("winter", "Affluent", 0, 2, 3, 0.4),
        ("winter", "Affluent", 1, 1, 1, 0.3),
        ("spring", "Affluent", 0, 1, 1, 0.7),
        ("summer", "Adversity", 3, 1, 1, 0.1),  # 00:30 in GMT is 01:30 by London's clock
    ]


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


def test_who_joined_and_left_when(answers):
    rows = [
        *day(1, "Std", "Affluent", "2013-01-31", 0.1),
        *day(1, "Std", "Affluent", "2013-03-02", 0.1),
        *day(2, "ToU", "Affluent", "2013-02-01", 0.1),
        *day(2, "ToU", "Affluent", "2013-02-28", 0.1),
        *day(3, "ToU", "Adversity", "2013-01-31", 0.1),
        *day(3, "ToU", "Adversity", "2013-03-01", 0.1),  # up to the midnight at which the data end
    ]
    assert [tuple(row.values()) for row in answers(rows)["households_by_month"]] == [
        ("2013-01", "Std", 1, 1, 0),
        ("2013-01", "ToU", 1, 1, 0),
        ("2013-02", "ToU", 1, 1, 1),
        ("2013-03", "Std", 1, 0, 0),
        ("2013-03", "ToU", 1, 0, 0),
    ]


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
    assert set(metrics["results"]) - set(metrics["tables"]) == {
        *("load_profile", "tariff_profile", "households_by_month", "household_coverage", "monthly_intervals"),
        *("peak_demand", "load_duration", "price_response", "bill_effect", "household_bills"),
    }
    for question in ALL:
        found = [row.asDict() for row in lake.read(f"results/{question.name}").collect()]
        assert found, question.name
        if question is TARIFF_EFFECT:  # finished in Python: test_tariff_effect.py has it by hand
            continue
        doubles = {name for name in found[0] if any(isinstance(row[name], float) for row in found)}
        spark_text = question.text.replace("1e6", "1e6D")
        asked = spark.sql(spark_text).sort(*map(F.expr, question.order))
        rounded = [F.round(c, 6).alias(c) if c in doubles else F.col(c) for c in asked.columns]
        # Bounds of an interval are not in the text: test_intervals.py has them by hand.
        of_text = [{name: row[name] for name in asked.columns} for row in found]
        assert [row.asDict() for row in asked.select(rounded).collect()] == of_text, question.name
