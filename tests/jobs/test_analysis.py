"""Load profile, tariff effect and coverage: both syntaxes, against numbers computed by hand and against what
the generator has put in.
"""

import json
import random
from datetime import date

import pytest
from generator.shapes import TOU
from london_power.analyze.analysis import answer
from london_power.analyze.effects import tariff_moments, with_intervals
from london_power.common.schema import READINGS

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
    """answers(rows, syntax): the answers to be had of these rows, none of them asked for yet."""

    class SilentJob:
        def stage(self, text):
            pass

    SilentJob.spark = spark

    def of(rows, syntax):
        run_job("ingest", "--csv", write_csv(*rows), "--lake", lake.root)
        return answer(SilentJob(), lake.read("readings", READINGS), syntax)

    return of


@pytest.fixture(params=["dataframe", "sql"])
def syntax(request):
    return request.param


def test_load_profile(answers, syntax):
    rows = [
        *day(1, "Std", "Affluent", "2013-12-31", 0.2, 0.3),
        *day(1, "Std", "Affluent", "2013-02-28", 0.4, "Null"),
        *day(2, "ToU", "Affluent", "2013-01-31", 0.6),
        *day(2, "ToU", "Affluent", "2013-03-01", 0.7),
        *day(3, "Std", "Adversity", "2013-07-01", "Null", "0.1"),
    ]
    assert [tuple(row) for row in answers(rows, syntax)["load_profile"].collect()] == [
        ("winter", "Affluent", 0, 2, 3, 0.4),
        ("winter", "Affluent", 1, 2, 1, 0.3),
        ("spring", "Affluent", 0, 1, 1, 0.7),
        ("summer", "Adversity", 1, 1, 1, 0.1),
    ]


def test_tariff_effect(answers, syntax):
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
    effects = {(r["method"], r["acorn_group"]): r for r in answers(rows, syntax)["tariff_effect"].collect()}
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


def test_coverage(answers, syntax):
    rows = [
        *day(1, "Std", "Affluent", "2013-01-01", 0.1, 0.1, "Null"),
        *day(1, "Std", "Affluent", "2013-01-02", "Null"),
        *day(1, "Std", "Affluent", "2013-01-05", 0.1),
        *day(1, "Std", "Affluent", "2013-01-07", 0.1),
        *day(2, "ToU", "Adversity", "2013-01-03", 0.1, 0.1, 0.1),
    ]
    found = answers(rows, syntax)
    quality = {row.acorn_group: row for row in found["data_quality"].collect()}
    first = date(2013, 1, 1), date(2013, 1, 7)
    second = date(2013, 1, 3), date(2013, 1, 3)
    assert [tuple(row) for row in found["household_coverage"].collect()] == [
        ("MAC000001", "Affluent", "Std", *first, 4, 2, 336, 1.190476, 3, 2, 3),
        ("MAC000002", "Adversity", "ToU", *second, 3, 0, 48, 6.25, 1, 0, 0),
    ]
    assert list(quality) == ["all", "Adversity", "Affluent"]
    assert quality["all"].asDict() == {
        "acorn_group": "all",
        "households": 2,
        "first_day": first[0],
        "last_day": first[1],
        "readings": 7,
        "missing": 2,
        "expected": 384,
        "days_incomplete": 4,
        "gaps": 2,
        "coverage_percent": 1.822917,
        "lowest_coverage_percent": 1.190476,
        "complete_households": 0,
        "longest_gap_days": 3,
    }


def test_both_syntaxes_agree_on_the_sample_to_the_last_digit(run_job, lake, sample):
    run_job("ingest", "--csv", sample, "--lake", lake.root)
    found = {}
    for syntax in ("dataframe", "sql"):
        metrics = run_job("analyze", "--lake", lake.root, "--syntax", syntax)
        json.dumps(metrics, allow_nan=False)
        found[syntax] = {
            name: [tuple(row) for row in lake.read(f"results/{name}").collect()]
            for name in metrics["results"]
        }
    assert found["dataframe"] == found["sql"]
    assert len(found["sql"]) == 6
    assert set(found["sql"]) - set(metrics["tables"]) == {"load_profile", "household_coverage"}
    assert len(found["sql"]["load_profile"]) == 2 * 4 * 48  # winter and spring, four groups


def test_finds_the_effect_that_was_put_in(spark):
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
    columns = ["month", "acorn_group", "tariff", "household", "micro_kwh", "readings"]
    rows = with_intervals(tariff_moments(spark.createDataFrame(months, columns))).collect()
    found = {row.method: row for row in rows if row.acorn_group == "all"}
    expected = 100 * (effect - 1)
    change = found["change_from_2012"]
    assert change.low_percent < expected < change.high_percent
    assert change.high_percent - change.low_percent < 1.5
    assert found["trial_year"].high_percent < expected, "the choosers' lower level is not the tariff's effect"
