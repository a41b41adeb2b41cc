from datetime import date, timedelta

import numpy as np
import pytest
from dateutil.easter import easter
from london_power.common.prices import Prices
from london_power.common.stamps import END, GMT, LONDON, START, Stamps
from london_power.train import features
from london_power.train.features import CATEGORIES, COLUMN
from london_power.train.holidays import BANK_HOLIDAYS, YEARS
from panels import FIRST_DAY, panel

EVERY = slice(0, None)


def daily(days, kwh=lambda n: 0.5):
    return {n: kwh(n) for n in range(days * 48)}


def test_lags_go_by_the_clock_over_gaps_and_never_to_another_household():
    readings = {
        "A": {0: 0.1, 47: 0.2, 48: 0.3, 336: 0.4, 384: None, 385: 0.5},
        "B": {48: 9.0, 384: 9.0},
    }
    with_history = panel({"A": {**readings["A"], 288: 0.7, 337: 0.6, 49: 0.8}, "B": readings["B"]}, 9)
    rows = features.build(with_history, slice(0, 2), 1, unread=True)
    lags = {
        (int(home), int(slot)): (float(day), float(week))
        for home, slot, day, week in zip(
            rows.home, rows.slot, rows.column("lag_day"), rows.column("lag_week"), strict=True
        )
    }
    assert lags == {
        (0, 336): pytest.approx((0.7, 0.1)),
        (0, 384): pytest.approx((0.4, 0.3)),
        (0, 385): pytest.approx((0.6, 0.8)),
    }
    # A row without a value is none to learn from.
    assert features.build(with_history, slice(0, 2), 1).slot.tolist() == [336, 385]


def test_the_mean_of_the_last_weeks_is_of_those_that_were_read():
    readings = {336 * week: kwh for week, kwh in [(0, 9.0), (1, 1.0), (3, 2.0), (4, 4.0), (5, 0.0)]}
    rows = features.build(panel({"A": {**readings, 336 * 5 - 48: 3.0}}, 36), slice(0, 1), 1)
    assert rows.slot[-1] == 336 * 5
    # One, two and four weeks back; the third was not read.
    assert rows.column("weeks_mean")[-1] == pytest.approx(7 / 3)


def test_the_mean_of_28_days_ends_with_the_latest_day():
    home = panel({"A": daily(40, lambda n: n // 48)}, 40)
    for days_ahead, expected in ((1, (11 + 38) / 2), (2, (10 + 37) / 2)):
        rows = features.build(home, EVERY, days_ahead)
        assert rows.column("month_mean")[-1] == pytest.approx(expected)


def test_levels_are_of_days_that_were_over_a_day_before():
    rows = features.build(panel({"A": daily(12, lambda n: n // 48)}, 12), EVERY, 1)
    last = rows.where(rows.slot == 11 * 48)
    assert last.column("level")[0] == 4.5  # days 0 to 9
    assert last.column("week_level")[0] == 6.0  # days 3 to 9


@pytest.mark.parametrize("days_ahead", [1, 2])
def test_nothing_later_than_the_same_half_hour_of_the_latest_day_shows_in_a_row(days_ahead):
    kwh = {n: (n * 37 % 11) / 10 for n in range(30 * 48)}
    now = 20 * 48 + 17
    latest = now - 48 * days_ahead

    def row(readings):
        rows = features.build(panel({"A": readings}, 30), EVERY, days_ahead)
        return rows.where(rows.slot == now).features[0]

    whole = row(kwh)
    assert np.isfinite(whole).all()
    assert (whole == row({n: value if n <= latest else 5.0 for n, value in kwh.items()})).all()
    assert (whole != row({n: value if n != latest else 5.0 for n, value in kwh.items()})).any()


def test_nothing_of_another_household_shows_in_a_row():
    kwh = daily(30, lambda n: (n * 37 % 11) / 10)
    alone = features.build(panel({"A": kwh, "B": kwh}, 30), slice(0, 1), 1)
    beside = features.build(panel({"A": kwh, "B": daily(30, lambda n: 5.0)}, 30), slice(0, 1), 1)
    assert (alone.features == beside.features).all()


def test_calendar_numbers_stand_for_names():
    rows = features.build(panel({"A": daily(88)}, 88), EVERY, 1)

    def names(slot):
        found = rows.where(rows.slot == slot)
        return {name: CATEGORIES[name][int(found.column(name)[0])] for name in CATEGORIES}

    same = {"group": "Affluent", "price": "Std"}
    assert names(11 * 48 + 47) == {"half_hour": "23:30", "weekday": "Saturday", "holiday": "no"} | same
    assert (
        names(87 * 48) == {"half_hour": "00:00", "weekday": "Friday", "holiday": "yes"} | same
    )  # Good Friday
    angle = 88 * 2 * np.pi / 365.25
    good_friday = rows.where(rows.slot == 87 * 48).features[0]
    circle = [good_friday[COLUMN[name]] for name in ("year_sin", "year_cos")]
    assert circle == pytest.approx([np.sin(angle), np.cos(angle)], abs=1e-6)


@pytest.mark.parametrize(
    ("stamps", "half_hour", "weekday", "holiday"),
    [
        (Stamps(GMT, START), "00:30", "Monday", "yes"),  # an hour later in London
        (Stamps(GMT, END), "00:00", "Monday", "yes"),
        (Stamps(LONDON, START), "23:30", "Sunday", "no"),
        (Stamps(LONDON, END), "23:00", "Sunday", "no"),
    ],
)
def test_the_calendar_is_londons_at_the_start_of_the_half_hour(stamps, half_hour, weekday, holiday):
    """Of the time 23:30 on 31 March 2013, Easter Sunday, on which the clocks went forward."""
    rows = features.build(panel({"A": daily(90)}, 90, stamps), EVERY, 1)
    row = rows.where(rows.slot == 89 * 48 + 47)
    assert CATEGORIES["half_hour"][int(row.column("half_hour")[0])] == half_hour
    assert CATEGORIES["weekday"][int(row.column("weekday")[0])] == weekday
    assert CATEGORIES["holiday"][int(row.column("holiday")[0])] == holiday


@pytest.mark.parametrize(("label", "shift"), [(START, 0), (END, 1)])
def test_homes_on_the_time_of_use_tariff_know_the_price_of_the_half_hour_where_there_is_one(label, shift):
    bands = np.array(["High", "", "Low", "Normal"])
    prices = Prices(FIRST_DAY * 48 + 10 * 48, bands)
    homes = panel({name: daily(12) for name in ("A", "B")}, 12, Stamps(GMT, label), prices)
    homes.tariff[1] = 1
    rows = features.build(homes, EVERY, 1)

    def names(home):
        mine = rows.where((rows.home == home) & (rows.slot >= 480 + shift) & (rows.slot < 485 + shift))
        return [CATEGORIES["price"][int(code)] for code in mine.column("price")]

    assert names(0) == ["Std"] * 5
    assert names(1) == ["High", "ToU", "Low", "Normal", "ToU"]


@pytest.mark.parametrize("year", YEARS)
def test_bank_holidays_follow_easter_and_lie_on_mondays_in_may_and_august(year):
    holidays = [day for day in BANK_HOLIDAYS if day.year == year]
    assert {easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)} <= set(holidays)
    given = {date(2011, 4, 29), date(2012, 6, 4), date(2012, 6, 5)}  # beside or in place of a Monday in May
    mondays = [day for day in holidays if 5 <= day.month <= 8 and day not in given]
    assert {day.weekday() for day in mondays} == {0}
    assert len(holidays) == 8 + (year in (2011, 2012))
