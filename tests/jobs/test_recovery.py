"""From generated files through ingest and analyze: what the generator has put in, and truth.json says, is in
the readings and in the answers, though homes join late, leave and have gaps.
"""

from datetime import date, timedelta

import numpy as np
import planted
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from generator import household as homes
from generator.many import write_all
from generator.prices import schedule
from generator.shards import Plan
from generator.truth import truth as truth_of
from london_power.common.lake import Lake

# October 2012 to December 2013: a quarter to compare with, and the trial year.
PLAN = Plan(160, 456, date(2012, 10, 1), 11, 1)
LARGE = ("Affluent", "Comfortable", "Adversity")


@pytest.fixture(scope="module")
def lake(spark, run_job, tmp_path_factory):
    folder = tmp_path_factory.mktemp("recovery")
    write_all(PLAN, folder, 1, lambda text: None)
    lake = Lake(spark, (folder / "lake").as_uri())
    times = run_job("ingest", "--csv", folder / "power_1.csv", "--lake", lake.root)["times"]
    assert [times[name] for name in ("zone", "zone_by", "label", "label_by")] == [
        "GMT",
        "data",
        "end",
        "data",
    ]
    return lake


@pytest.fixture(scope="module")
def found(run_job, lake, tmp_path_factory):
    """The rows of each answer that analyze has written into the lake."""
    prices = tmp_path_factory.mktemp("prices") / "day_ahead.csv"
    prices.write_text(schedule(PLAN.seed, PLAN.start, PLAN.days))
    names = run_job("analyze", "--lake", lake.root, "--prices", prices.as_uri())["results"]
    return {name: [row.asDict() for row in lake.read(f"results/{name}").collect()] for name in names}


@pytest.fixture(scope="module")
def truth():
    prices = schedule(PLAN.seed, PLAN.start, PLAN.days)
    return truth_of(PLAN, 0) | {"schedule": prices}


@pytest.fixture(scope="module")
def wh(lake):
    """Wh of the lake's readings, homes × half hours of the plan; NaN where there is none."""
    cells = np.full((PLAN.households, PLAN.days * 48), np.nan)
    for uri in lake.read("readings").inputFiles():
        rows = pq.read_table(uri.removeprefix("file://"), columns=["household", "time", "kwh"])
        rows = rows.filter(pc.is_valid(rows["kwh"]))
        home = pc.cast(pc.utf8_slice_codeunits(rows["household"].cast("string"), 3), "int64").to_numpy() - 2
        end = rows["time"].cast("timestamp[us]").to_numpy() - np.datetime64(PLAN.start)
        cells[home, end // np.timedelta64(30, "m") - 1] = 1000 * rows["kwh"].to_numpy()
    return cells


def of(truth, column, value) -> np.ndarray:
    return np.array([home[column] == value for home in truth["households"]])


def test_finds_the_effect_of_the_tariff_although_homes_join_late(found, truth):
    """Within its interval and 2 points of what was put in, of all homes and of each large group."""
    last_quarter = slice(365 * 48, None)
    with_it, without = (planted.expected_wh(truth, name)[:, last_quarter] for name in ("", "price"))
    tou = of(truth, "tariff", "ToU")
    put_in = 100 * (with_it[tou].sum() / without[tou].sum() - 1)
    assert -4 < put_in < -2
    effects = {
        row["acorn_group"]: row for row in found["tariff_effect"] if row["method"] == "change_from_2012"
    }
    whole = effects["all"]
    assert 100 < whole["std_households"] + whole["tou_households"] < PLAN.households
    assert whole["high_percent"] - whole["low_percent"] < 9
    assert whole["effect_percent"] == pytest.approx(put_in, abs=2)
    for group in ("all", *LARGE):
        assert effects[group]["low_percent"] < put_in < effects[group]["high_percent"], group


def test_finds_the_response_to_prices_and_none_where_none_was_put_in(found, truth):
    """Within 2.5 points of what was put in, relative to usual half hours at the normal price."""
    prices = truth["prices"]
    usual = prices["response"]["Normal"]
    put_in = {
        **{(name, "during"): 100 * (prices["response"][name] / usual - 1) for name in ("High", "Low")},
        ("High", "after"): 100 * (prices["response_after_high"] / usual - 1),
        **dict.fromkeys([("Low", "after"), ("High", "before"), ("Low", "before")], 0),
        **dict.fromkeys([("High", "placebo"), ("Low", "placebo")], 0),
    }
    rows = [row for row in found["price_response"] if row["acorn_group"] == "all"]
    whole = {(row["price"], row["part"]): row for row in rows if row["step"] is None}
    assert set(whole) == set(put_in)
    for name, row in whole.items():
        assert row["effect_percent"] == pytest.approx(put_in[name], abs=2.5), name
        assert row["high_percent"] - row["low_percent"] < 7
    high = whole["High", "during"]
    assert high["high_percent"] < 0 and high["high_kw"] < 0 and high["high_kwh"] < 0
    steps = [row for row in rows if row["step"] is not None and row["price"] == "High"]
    assert [(row["part"], row["step"]) for row in steps] == [
        *(("after", step) for step in range(6)),
        *(("before", step) for step in range(-1, -7, -1)),
        *(("during", step) for step in range(7)),
    ]
    inside = [row["low_percent"] < put_in["High", row["part"]] < row["high_percent"] for row in steps]
    assert sum(inside) >= len(steps) - 3  # of 19 intervals of 95 %


def test_finds_what_the_prices_cost_each_home(found, truth, wh):
    """As the readings themselves say, and less for homes on the tariff than for others."""
    pence = np.array([truth["prices"]["pence_per_kwh"].get(name, np.nan) for name in planted.bands(truth)])
    bills = {row["household"]: row for row in found["household_bills"]}
    assert 100 < len(bills) < PLAN.households
    for number, home in enumerate(truth["households"]):
        if row := bills.get(home["household"]):
            cost = np.nansum(wh[number] * pence) / 1e5
            assert row["dynamic_pounds"] == pytest.approx(cost, rel=1e-6)
            assert row["standard_pounds"] == pytest.approx(0.14228 * row["kwh"], rel=1e-6)
    whole = next(row for row in found["bill_effect"] if row["acorn_group"] == "all")
    assert whole["low_points"] < whole["effect_points"] < whole["high_points"] < 0


def test_finds_the_shape_of_each_groups_day_by_londons_clock(found, truth, wh):
    """Each half hour's share in the mean of its group's day, within 5 % of what was put in."""
    expected = np.where(np.isnan(wh), np.nan, planted.expected_wh(truth))
    day = np.datetime64(PLAN.start) + np.arange(PLAN.days)
    for season, months, ahead in (("winter", (12, 1, 2), 0), ("summer", (6, 7, 8), 2)):
        here = np.isin(day.astype("M8[M]").astype(int) % 12 + 1, months)
        shapes = {}
        for group in LARGE:
            rows = [r for r in found["load_profile"] if (r["season"], r["acorn_group"]) == (season, group)]
            shapes[group] = np.array([r["mean_kwh"] for r in sorted(rows, key=lambda r: r["half_hour"])])
            shapes[group] /= shapes[group].mean()
            mean = np.nanmean(
                expected[of(truth, "acorn_group", group)].reshape(-1, PLAN.days, 48)[:, here], (0, 1)
            )
            assert shapes[group] == pytest.approx(np.roll(mean / mean.mean(), ahead), rel=0.05), (
                season,
                group,
            )
        # Groups differ in shape, not only in level.
        assert shapes["Adversity"][:3].mean() > 1.15 * shapes["Affluent"][:3].mean()


def test_finds_the_level_of_each_group_and_the_season(found, truth, wh):
    """kWh a household and day by month, within 4 % of what the group's homes were made of."""
    expected = np.where(np.isnan(wh), np.nan, planted.expected_wh(truth))
    ends = np.datetime64(PLAN.start) + np.timedelta64(30, "m") * np.arange(1, wh.shape[1] + 1)
    monthly = {(row["month"], row["acorn_group"]): row for row in found["monthly_by_acorn"]}
    for group in LARGE:
        for month in ("2012-12", "2013-03", "2013-07"):
            some = expected[
                np.ix_(of(truth, "acorn_group", group), ends.astype("M8[M]").astype(str) == month)
            ]
            kwh = monthly[month, group]["kwh_per_household_day"]
            assert kwh == pytest.approx(48 * np.nanmean(some) / 1000, rel=0.04), (month, group)


def test_finds_when_homes_join_and_leave_and_their_gaps(found, truth):
    coverage = {row["household"]: row for row in found["household_coverage"]}
    last_days = []
    for home in truth["households"]:
        row = coverage[home["household"]]
        assert row["first_day"] == PLAN.start + timedelta(home["first_day"])
        # A day's last reading has the date of the next one, and a few homes lack it.
        last_days.append((row["last_day"] - PLAN.start).days - home["last_day"])
        assert home["rows"] - 30 <= row["readings"] < home["rows"]
    assert set(last_days) <= {0, 1} and last_days.count(0) < 5
    assert sum(home["first_day"] > 0 for home in truth["households"]) > 20
    assert sum(home["last_day"] < PLAN.days - 1 for home in truth["households"]) > 5
    # Gaps of two days and more; those of one leave the last reading of the day before on their date.
    days = sum(home["last_day"] - home["first_day"] for home in truth["households"])
    longer = days * truth["in_65536"]["days_that_begin_a_gap"] / 65_536 * (1 - 1 / truth["longest_gap_days"])
    assert sum(row["gaps"] for row in coverage.values()) == pytest.approx(longer, abs=3 * longer**0.5)
    assert max(row["longest_gap_days"] for row in coverage.values()) >= truth["longest_gap_days"] - 1


def test_homes_respond_to_prices_heat_in_the_cold_and_use_more_on_holidays(truth, wh):
    band, tou = planted.bands(truth), of(truth, "tariff", "ToU")
    ratio = wh / planted.expected_wh(truth, "price")
    for name, factor in truth["prices"]["response"].items():
        some = (band == name) & (planted.response_of(truth) == factor / 1000)
        difference = np.nanmean(ratio[tou][:, some]) / np.nanmean(ratio[~tou][:, some])
        assert difference == pytest.approx(factor / 1000, abs=0.015), name
    ratio = np.nanmean((wh / planted.expected_wh(truth, "heating")).reshape(-1, PLAN.days, 48), (0, 2))
    slope, level = np.polyfit(planted.cold(truth)[:-1], ratio, 1)
    assert slope / level == pytest.approx(truth["weather"]["heating_per_celsius_below_base"] / 1000, rel=0.1)
    holidays = np.array(truth["holidays"], "M8[D]").astype("M8[h]") - np.datetime64(PLAN.start, "h")
    holidays = [day for day in (holidays.astype(int) // 24).tolist() if 0 <= day < PLAN.days]
    ratio = np.nanmean((wh / planted.expected_wh(truth, "holiday")).reshape(-1, PLAN.days, 48), (0, 2))
    assert ratio[holidays].mean() / np.median(ratio) == pytest.approx(truth["holiday"] / 1000, abs=0.025)


def test_noise_lasts_from_half_hour_to_half_hour_and_from_day_to_day(truth, wh):
    assert np.nanmean(wh == 0) == pytest.approx(
        np.mean(~np.isnan(wh)) * truth["in_65536"]["half_hours_zero"] / 65_536, rel=0.1
    )
    log = np.log(np.where(wh > 0, wh, np.nan) / planted.expected_wh(truth))
    log -= np.nanmean(log, axis=1, keepdims=True)
    noise = truth["noise"]
    of_day = noise["of_days"]["deviation_of_log"] ** 2
    by_lag = [np.nanmean(log[:, lag:] * log[:, : -lag or None]) - of_day for lag in (0, 1)]
    assert by_lag[1] / by_lag[0] == pytest.approx(noise["of_half_hours"]["autocorrelation"], abs=0.03)
    assert by_lag[0] ** 0.5 == pytest.approx(noise["of_half_hours"]["deviation_of_log"], rel=0.05)
    log = log.reshape(-1, PLAN.days, 48)
    day = np.nansum(log, axis=2) / np.where(np.isnan(log).all(axis=2), np.nan, (~np.isnan(log)).sum(axis=2))
    one, two = (np.nanmean(day[:, lag:] * day[:, :-lag]) for lag in (1, 2))
    assert two / one == pytest.approx(noise["of_days"]["autocorrelation"], abs=0.08)


def test_those_who_chose_the_tariff_used_less_before(truth):
    """Levels of many homes: those of a few hundred differ by more."""
    many = [homes.household(3, number) for number in range(8, 20_008)]
    for name, group in truth["groups"].items():
        some = [home for home in many if home.group == name]
        chose = np.array([home.tariff == "ToU" for home in some])
        level = np.array([homes.level(3, home) for home in some])
        if name in LARGE:
            assert chose.mean() == pytest.approx(group["tou_share"] / 1000, abs=0.02)
            difference = level[chose].mean() / level[~chose].mean()
            assert difference == pytest.approx(truth["tou_choosers"] / 1000, abs=0.04)
