from datetime import date, datetime, timedelta

import pytest
from dateutil.easter import easter
from london_power.train import features
from london_power.train.features import CATEGORIES, NUMBERS
from london_power.train.holidays import BANK_HOLIDAYS, YEARS
from pyspark.sql import functions as F

START = datetime(2013, 1, 1)


def readings(spark, rows):
    """(household, half hours after START, kwh) → readings."""
    full = [(h, "Std", f"{START + timedelta(minutes=30 * n)}", kwh, "Affluent") for h, n, kwh in rows]
    frame = spark.createDataFrame(
        full, "household string, tariff string, time string, kwh double, acorn_group string"
    )
    return frame.withColumn("time", frame.time.cast("timestamp"))


def test_lags_go_by_the_clock_over_gaps_and_never_to_another_household(spark):
    frame = readings(
        spark,
        [
            ("A", 0, 0.1),
            ("A", 47, 0.2),
            ("A", 48, 0.3),
            ("A", 336, 0.4),
            ("A", 384, None),
            ("B", 48, 9.0),
            ("B", 432, 9.0),
        ],
    )
    found = {
        (r.household, r.kwh): (r.lag_48, r.lag_336)
        for r in features.with_lags(frame).select("household", "kwh", "lag_48", "lag_336").collect()
    }
    assert found == {
        ("A", 0.1): (None, None),
        ("A", 0.2): (None, None),
        ("A", 0.3): (0.1, None),
        ("A", 0.4): (None, 0.1),
        ("A", None): (0.4, 0.3),
        ("B", 9.0): (None, None),
    }


def test_the_mean_of_the_last_weeks_is_of_those_that_were_read(spark):
    frame = readings(
        spark, [("A", 336 * week, kwh) for week, kwh in [(0, 9.0), (1, 1.0), (3, 2.0), (5, 0.0)]]
    )
    last = features.with_lags(frame).orderBy(F.desc("time")).first()
    assert last.weeks_mean == 1.5  # four weeks back, to the first and the third; the second was not read


def test_levels_are_of_days_that_were_over_a_day_before(spark):
    frame = readings(spark, [("A", 48 * day + at, float(day)) for day in range(12) for at in (0, 30)])
    found = {r.kwh: (r.level, r.week_level) for r in features.with_levels(frame).collect()}
    assert found[1.0] == (None, None)
    assert found[2.0] == (0.0, 0.0)
    assert found[11.0] == (4.5, 6.0)  # days 0 to 9, and 3 to 9


def test_nothing_of_the_last_24_hours_nor_of_later_shows_in_a_row(spark):
    kwh = [(n * 37 % 11) / 10 for n in range(30 * 48)]
    whole = readings(spark, [("A", n, value) for n, value in enumerate(kwh)])
    now = 20 * 48 + 17
    other = readings(spark, [("A", n, value if n <= now - 48 else 5.0) for n, value in enumerate(kwh)])
    moment = F.col("time") == F.lit(str(START + timedelta(minutes=30 * now))).cast("timestamp")
    rows = [
        features.build(each).where(moment).select(*CATEGORIES, *NUMBERS).first() for each in (whole, other)
    ]
    assert None not in rows[0]
    assert rows[0] == rows[1]


def test_calendar_numbers_stand_for_the_names_they_carry(spark):
    frame = readings(
        spark, [("A", 0, 0.1), ("A", 4 * 48 + 47, 0.1), ("A", 87 * 48, 0.1)]
    )  # New Year's Day, Saturday 5 January, Good Friday 29 March
    frame = features.with_calendar(frame).orderBy("time")
    named = [{name: CATEGORIES[name][int(row[name])] for name in CATEGORIES} for row in frame.collect()]
    same = {"group": "Affluent", "tou": "Std"}
    assert named == [
        {"half_hour": "00:00", "weekday": "Tuesday", "holiday": "yes"} | same,
        {"half_hour": "23:30", "weekday": "Saturday", "holiday": "no"} | same,
        {"half_hour": "00:00", "weekday": "Friday", "holiday": "yes"} | same,
    ]
    assert frame.schema["weekday"].metadata["ml_attr"]["vals"] == CATEGORIES["weekday"]


@pytest.mark.parametrize("year", YEARS)
def test_bank_holidays_follow_easter_and_lie_on_mondays_in_may_and_august(year):
    holidays = [day for day in BANK_HOLIDAYS if day.year == year]
    assert {easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)} <= set(holidays)
    given = {date(2011, 4, 29), date(2012, 6, 4), date(2012, 6, 5)}  # beside or in place of a Monday in May
    mondays = [day for day in holidays if 5 <= day.month <= 8 and day not in given]
    assert {day.weekday() for day in mondays} == {0}
    assert len(holidays) == 8 + (year in (2011, 2012))
