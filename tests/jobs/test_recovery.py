"""From generated files through ingest and analyze: what the generator has put in is in the answers, though
homes join late and have gaps.
"""

from datetime import date

import numpy as np
import pytest
from generator import household as homes
from generator import shapes
from generator.lines import lines
from generator.shards import HEADER
from london_power.common.lake import Lake

# October 2012 to December 2013: a quarter to compare with, and the trial year.
SEED, HOUSEHOLDS, START, DAYS = 11, 160, date(2012, 10, 1), 457
WEEK = np.mean([shapes.WEEKDAY] * 5 + [shapes.WEEKEND] * 2, axis=0)


def joins(number: int) -> int:
    """The day, from the start, on which a household joins: one in three does so by and by until November."""
    return number % 50 if number % 3 == 0 else 0


def written(number: int) -> list[bytes]:
    """A household's rows without those before it joined, and every fourth without twelve days of May."""
    rows = lines(SEED, number, START, DAYS).splitlines(keepends=True)
    if not joins(number) and number % 4 != 1:
        return rows
    joined = str(np.datetime64(START) + joins(number)).encode()
    return [
        row
        for row in rows
        if (day := row.split(b",")[2][:10]) >= joined
        and not (number % 4 == 1 and b"2013-05-05" <= day <= b"2013-05-16")
    ]


def members(group: str) -> list[homes.Household]:
    return [home for n in range(HOUSEHOLDS) if (home := homes.household(SEED, n)).group == group]


@pytest.fixture(scope="module")
def found(spark, run_job, tmp_path_factory):
    """The rows of each answer that analyze has written into the lake."""
    folder = tmp_path_factory.mktemp("recovery")
    csv = folder / "readings.csv"
    with csv.open("wb") as file:
        file.write(HEADER.encode())
        for number in range(HOUSEHOLDS):
            file.writelines(written(number))
    lake = Lake(spark, (folder / "lake").as_uri())
    run_job("ingest", "--csv", csv, "--lake", lake.root)
    names = run_job("analyze", "--lake", lake.root)["results"]
    return {name: [row.asDict() for row in lake.read(f"results/{name}").collect()] for name in names}


def test_finds_the_effect_of_the_tariff_although_homes_join_late(found):
    """Within its interval and 1.5 points of what was put in, of all homes and of each large group."""
    put_in = 100 * ((WEEK * shapes.TOU).sum() / WEEK.sum() / 1000 - 1)
    effects = {
        row["acorn_group"]: row for row in found["tariff_effect"] if row["method"] == "change_from_2012"
    }
    whole = effects["all"]
    assert 2 * HOUSEHOLDS < 3 * (whole["std_households"] + whole["tou_households"]) <= 3 * HOUSEHOLDS
    assert whole["high_percent"] - whole["low_percent"] < 4
    assert whole["effect_percent"] == pytest.approx(put_in, abs=1.5)
    for group in ("all", "Affluent", "Comfortable", "Adversity"):
        assert effects[group]["low_percent"] < put_in < effects[group]["high_percent"], group


def test_finds_the_shape_of_the_day(found):
    """Each half hour's share in the mean of its group's day, within 4 % of what was put in: the homes live by
    GMT, as their times show, so that in summer London's clock is an hour ahead of them.
    """
    for group in ("Affluent", "Comfortable", "Adversity"):
        for season, ahead in (("winter", 0), ("summer", 2)):
            rows = [r for r in found["load_profile"] if (r["season"], r["acorn_group"]) == (season, group)]
            day = np.array([row["mean_kwh"] for row in sorted(rows, key=lambda row: row["half_hour"])])
            level = {
                tariff: sum(homes.level(SEED, home) for home in members(group) if home.tariff == tariff)
                for tariff in ("Std", "ToU")
            }
            mixed = np.roll(WEEK * (level["Std"] + level["ToU"] * shapes.TOU / 1000), ahead)
            assert day / day.mean() == pytest.approx(mixed / mixed.mean(), rel=0.04), (season, group)


def test_finds_the_level_of_each_group_and_the_season(found):
    """kWh a household and day by month, within 3 % of what the group's homes were made of."""
    monthly = {(row["month"], row["acorn_group"]): row for row in found["monthly_by_acorn"]}
    for group, (mean, _, _) in shapes.GROUPS.items():
        for month, season in (("2013-01", 1215), ("2013-07", 830)):
            kwh = monthly[month, group]["kwh_per_household_day"]
            by_tariff = {"Std": WEEK.mean() / 1000, "ToU": (WEEK * shapes.TOU).mean() / 1e6}
            level = np.mean(
                [homes.level(SEED, home) / 1000 * by_tariff[home.tariff] for home in members(group)]
            )
            assert kwh == pytest.approx(mean * 48 / 1e6 * season * level, rel=0.03), (month, group)


def test_counts_the_days_that_a_home_lacks(found):
    coverage = {row["household"]: row for row in found["household_coverage"]}
    assert len(coverage) == HOUSEHOLDS
    for number in range(HOUSEHOLDS):
        row = coverage[homes.household(SEED, number).id]
        assert (row["first_day"] - START).days == joins(number)
        days = DAYS - joins(number) - (12 if number % 4 == 1 else 0)
        assert row["readings"] == days * 48
        assert (row["gaps"], row["longest_gap_days"]) == ((1, 12) if number % 4 == 1 else (0, 0))
