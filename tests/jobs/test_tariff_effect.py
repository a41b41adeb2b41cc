"""Differences of the tariffs' homes: by hand, and free of season, weather and shares of the groups."""

import random
from calendar import monthrange

import pyarrow as pa
import pytest
from generator.shapes import SEASON
from london_power.analyze.question import Questions
from london_power.analyze.questions import STD_VS_TOU, TARIFF_EFFECT

YEARS = [f"{year}-{month:02d}" for year in (2012, 2013) for month in range(1, 13)]


def asked(question, homes, quantile=lambda degrees: 1.96):
    """The answer for homes (number, tariff, group, {month: mean kWh or (it, share of the readings)})."""
    rows = []
    for number, tariff, group, months in homes:
        for month, found in months.items():
            mean, share = found if isinstance(found, tuple) else (found, 1)
            readings = round(share * 48 * monthrange(*map(int, month.split("-")))[1])
            name = f"MAC{number:06d}"
            rows.append((month, group, tariff, name, round(mean * readings * 1e6), readings))
    names = ["month", "acorn_group", "tariff", "household", "micro_kwh", "readings"]
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    return Questions({"household_months": pa.table(columns)}, quantile).ask(question).to_pylist()


def effect(homes, method="change_from_2012", group="all", **options):
    rows = asked(TARIFF_EFFECT, homes, **options)
    (row,) = [row for row in rows if (row["method"], row["acorn_group"]) == (method, group)]
    return row


def test_difference_in_2013_by_hand():
    # Household means: standard 0.2, 0.4, 0.6; time of use 0.1, 0.3.
    means = [("Std", 0.2), ("Std", 0.4), ("Std", 0.6), ("ToU", 0.1), ("ToU", 0.3)]
    homes = [(n, tariff, "Affluent", {"2013-06": mean}) for n, (tariff, mean) in enumerate(means)]
    given = []
    found = effect(homes, "trial_year", quantile=lambda degrees: given.append(degrees) or 3.2576)
    # Variances 0.04 of 3 and 0.02 of 2: standard error √(0.04/3 + 0.01); degrees of freedom after Welch.
    error = (0.04 / 3 + 0.01) ** 0.5
    degrees = (0.04 / 3 + 0.01) ** 2 / ((0.04 / 3) ** 2 / 2 + 0.01**2)
    assert given == pytest.approx([degrees] * 2)
    assert (found["std_households"], found["tou_households"]) == (3, 2)
    assert (found["std_mean_kwh"], found["tou_mean_kwh"], found["effect_kwh"]) == (0.4, 0.2, -0.2)
    assert found["standard_error_kwh"] == pytest.approx(error, abs=1e-6)
    assert found["high_kwh"] - found["low_kwh"] == pytest.approx(2 * 3.2576 * error, abs=1e-5)
    assert found["effect_percent"] == -50


def test_difference_in_differences_by_hand():
    def home(number, tariff, before, after, months=("01", "02", "03")):
        return (
            number,
            tariff,
            "Affluent",
            {f"{y}-{m}": mean for y, mean in ((2012, before), (2013, after)) for m in months},
        )

    homes = [
        *(home(1, "Std", 0.2, 0.2), home(2, "Std", 0.2, 0.4)),
        *(home(4, "ToU", 0.2, 0.1), home(5, "ToU", 0.6, 0.3)),
        home(3, "Std", 0.2, 9.9, months=("01", "02")),  # two months are too few
        (
            6,
            "Std",
            "Affluent",
            {f"{y}-{m}": (y - 2000, 0.79) for y in (2012, 2013) for m in ("01", "02", "03")},
        ),
    ]
    found = effect(homes, group="Affluent")
    assert (found["std_households"], found["tou_households"]) == (2, 2)
    assert (found["std_months"], found["tou_months"]) == (3, 3)
    assert (found["std_mean_kwh"], found["tou_mean_kwh"], found["effect_kwh"]) == (0.1, -0.2, -0.3)
    assert found["effect_percent"] == -60  # of 0.5: their 0.2 in 2013, and 0.3 more


def test_homes_that_join_late_bring_no_season_into_the_difference():
    """Nothing was put in: each home has the generator's season in both years, and some join on 25 October."""
    season = {month: SEASON[int(month[5:]) - 1] / 1000 for month in YEARS}
    homes = [(n, "Std", "Affluent", {month: 0.2 * season[month] for month in YEARS}) for n in range(3)]
    joined = {"2012-10": (0.2 * season["2012-10"] * 1.02, 7 / 31)}  # its last week, which is colder
    late = {month: 0.2 * season[month] for month in YEARS if month > "2012-10"} | joined
    late_but_enough = {month: 0.2 * season[month] for month in YEARS if month > "2012-08"}
    homes += [(10 + n, "ToU", "Affluent", late) for n in range(3)]
    homes += [(20 + n, "ToU", "Affluent", late_but_enough) for n in range(3)]
    found = effect(homes)
    assert abs(found["effect_kwh"]) < 1e-6
    assert (found["tou_households"], found["tou_months"]) == (3, 4)  # two whole months are not enough


def test_the_weather_of_a_year_is_no_difference_between_homes_of_different_months():
    """The first quarter of 2013 is colder than that of 2012, and only standard homes have it in both."""
    cold = {month: 0.3 if month in ("2013-01", "2013-02", "2013-03") else 0.2 for month in YEARS}
    homes = [(n, "Std", "Affluent", cold) for n in range(3)]
    homes += [
        (10 + n, "ToU", "Affluent", {m: kwh for m, kwh in cold.items() if m > "2012-06"}) for n in range(3)
    ]
    assert effect(homes)["effect_kwh"] == 0


def test_shares_of_the_groups_do_not_make_a_difference():
    """Within each group the tariffs are alike; time of use has more of the group that uses little."""
    shares = {
        ("Affluent", "Std"): 8,
        ("Affluent", "ToU"): 2,
        ("Adversity", "Std"): 2,
        ("Adversity", "ToU"): 8,
    }
    mean = {"Affluent": 0.4, "Adversity": 0.1}
    homes, number = [], 0
    for (group, tariff), count in shares.items():
        for n in range(count):
            number += 1
            homes.append((number, tariff, group, {"2013-06": mean[group] * (0.9 if n % 2 else 1.1)}))
    homes.append((99, "Std", "ACORN-U", {"2013-06": 5.0}))  # of a group without homes on time of use
    tariffs = {row["acorn_group"]: row for row in asked(STD_VS_TOU, homes) if row["period"] == "trial"}
    assert tariffs["all"]["difference_percent"] < -50
    assert tariffs["standardised"]["difference_percent"] == 0
    found = effect(homes, "trial_year")
    assert abs(found["effect_kwh"]) < 1e-6
    assert (found["std_households"], found["tou_households"]) == (10, 10)
    assert found["low_kwh"] < 0 < found["high_kwh"]


def test_the_interval_over_the_groups_by_hand():
    """The only time-of-use home of a group borrows the spread of those of the other."""
    values = {
        ("Affluent", "Std"): (0.3, 0.5),
        ("Affluent", "ToU"): (0.2, 0.4, 0.6),
        ("Adversity", "Std"): (0.1, 0.3),
        ("Adversity", "ToU"): (0.2,),
    }
    homes = [
        (n, tariff, group, {"2013-06": value})
        for n, (tariff, group, value) in enumerate((t, g, v) for (g, t), some in values.items() for v in some)
    ]
    found = effect(homes, "trial_year", quantile=lambda degrees: 2)
    # Shares of the time-of-use homes: 3/4 and 1/4; variances: twice 0.02 of 2, 0.04 of 3, 0.04 of one.
    variance = (0.75**2 + 0.25**2) * 0.02 / 2 + 0.75**2 * 0.04 / 3 + 0.25**2 * 0.04
    assert found["effect_kwh"] == 0
    assert found["standard_error_kwh"] == pytest.approx(variance**0.5, abs=1e-6)
    assert found["high_kwh"] == pytest.approx(2 * variance**0.5, abs=1e-5)


def test_finds_the_effect_that_was_put_in():
    """On household-months with the generator's season."""
    draw = random.Random(7)
    put_in = 0.97
    homes = []
    for number in range(2000):
        tariff = "ToU" if number % 4 == 0 else "Std"
        level = draw.lognormvariate(-1.5, 0.5) * (0.8 if tariff == "ToU" else 1)  # they use less anyway
        first = draw.randrange(10)
        months = {}
        for month in YEARS[first:]:
            factor = put_in if tariff == "ToU" and month > "2013" else 1
            season = SEASON[int(month[5:]) - 1] / 1000
            months[month] = level * season * factor * draw.gauss(1, 0.05)
        homes.append((number, tariff, "Affluent", months))
    expected = 100 * (put_in - 1)
    change = effect(homes)
    assert change["low_percent"] < expected < change["high_percent"]
    assert change["high_percent"] - change["low_percent"] < 2
    assert effect(homes, "trial_year")["high_percent"] < expected, (
        "the choosers' lower level is not the tariff's effect"
    )
