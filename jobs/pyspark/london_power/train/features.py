"""What a model may know of a half hour a day before it begins. Training and prediction share it."""

from math import pi

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from ..common.schema import ACORN_GROUPS, TARIFFS
from .holidays import BANK_HOLIDAYS

LABEL = "kwh"

_DAY = 48  # half hours
LAGS = {"lag_48": _DAY, "lag_336": 7 * _DAY}  # how many half hours back: yesterday, last week
_WEEKS = [7 * _DAY * week for week in (1, 2, 3, 4)]

# Features that are numbers of a category, with the categories' names: a linear model needs them one-hot,
# trees as they are.
CATEGORIES = {
    "half_hour": [f"{n // 2:02d}:{n % 2 * 30:02d}" for n in range(48)],
    "weekday": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "holiday": ["no", "yes"],
    "group": ACORN_GROUPS,
    "tou": TARIFFS,
}

# Features that are numbers, kWh a half hour but for the time of the year, and what they say.
NUMBERS = {
    "lag_48": "the same half hour of yesterday",
    "lag_336": "the same half hour of last week",
    "weeks_mean": "mean of that half hour over the last four weeks, as far as they were read",
    "week_level": "the household's mean over the seven days that end two days before",
    "level": "the household's mean over all days up to two days before",
    "year_sin": "time of the year as a point on a circle, where December lies beside January",
    "year_cos": "its other coordinate",
}

# A row is complete where these are known; the other numbers then are too.
NEEDED = list(LAGS)


def build(readings: DataFrame) -> DataFrame:
    """Readings plus all columns of CATEGORIES and NUMBERS; null where the past was not read.

    A row knows its own household's readings of 24 hours before and earlier, and the calendar.
    """
    return with_calendar(with_levels(with_lags(readings)))


def with_lags(readings: DataFrame) -> DataFrame:
    """Readings plus lag_48, lag_336 and weeks_mean, of the same household.

    By the clock, not by counting rows: a gap in the readings must not shift the rows after it.
    """
    seconds = F.unix_timestamp("time")
    order = Window.partitionBy("household").orderBy(seconds)

    def back(steps: int) -> Column:
        return F.first(LABEL).over(order.rangeBetween(-1800 * steps, -1800 * steps))

    weeks = [f"_week_{steps}" for steps in _WEEKS]
    known = readings.withColumns(
        {name: back(steps) for name, steps in LAGS.items()}
        | {name: back(steps) for name, steps in zip(weeks, _WEEKS, strict=True)}
    )
    total = sum(F.coalesce(F.col(name), F.lit(0.0)) for name in weeks)
    count = sum(F.col(name).isNotNull().cast("int") for name in weeks)
    return known.withColumn("weeks_mean", F.when(count > 0, total / count)).drop(*weeks)


def with_levels(readings: DataFrame) -> DataFrame:
    """Readings plus level and week_level: how much the household used on days that were over a whole day
    before the row's own began.
    """
    day = F.datediff(F.to_date("time"), F.lit("1970-01-01"))
    dated = readings.withColumn("_day", day)
    days = dated.groupBy("household", "_day").agg(
        F.sum(LABEL).alias("_kwh"), F.count(LABEL).alias("_readings")
    )
    order = Window.partitionBy("household").orderBy("_day")
    spans = {
        "level": order.rangeBetween(Window.unboundedPreceding, -2),
        "week_level": order.rangeBetween(-8, -2),
    }
    levels = days.select(
        "household",
        "_day",
        *[(F.sum("_kwh").over(w) / F.sum("_readings").over(w)).alias(name) for name, w in spans.items()],
    )
    return dated.join(levels, ["household", "_day"]).drop("_day")


def with_calendar(readings: DataFrame) -> DataFrame:
    """Readings plus the time of the year, and the columns of CATEGORIES as numbers from 0, which carry their
    categories' names for MLlib.
    """
    numbers = {
        "half_hour": F.hour("time") * 2 + F.floor(F.minute("time") / 30),
        "weekday": (F.dayofweek("time") + 5) % 7,  # Spark counts from Sunday, which is 1
        "holiday": F.to_date("time").isin(BANK_HOLIDAYS).cast("int"),
        "group": _position(ACORN_GROUPS, "acorn_group"),
        "tou": _position(TARIFFS, "tariff"),
    }
    named = {
        name: number.cast("double").alias(name, metadata=_names(name)) for name, number in numbers.items()
    }
    angle = F.dayofyear("time") * (2 * pi / 365.25)
    circle = [F.sin(angle).alias("year_sin"), F.cos(angle).alias("year_cos")]
    return readings.select("*", *named.values(), *circle)


def _position(values: list[str], column: str) -> Column:
    listed = ", ".join(f"'{value}'" for value in values)
    return F.expr(f"array_position(array({listed}), {column}) - 1")


def _names(category: str) -> dict:
    """MLlib's metadata of a nominal column. Without it encoder and trees would only know the categories that
    training happens to hold.
    """
    return {"ml_attr": {"type": "nominal", "name": category, "vals": CATEGORIES[category]}}
