"""What a model may know of a half hour before it happens."""

from datetime import datetime, timedelta

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from .schema import ACORN_GROUPS, TARIFFS

LABEL = "kwh"

# Half hours back: the same half hour of yesterday and of last week.
LAGS = {"lag_48": 48, "lag_336": 336}

SEASONS = ["winter", "spring", "summer", "autumn"]  # December to February is winter, and so on

# Features that are numbers of a category, with the categories' names: a linear model needs them one-hot,
# trees as they are.
CATEGORIES = {
    "half_hour": [f"{n // 2:02d}:{n % 2 * 30:02d}" for n in range(48)],
    "weekend": ["no", "yes"],
    "season": SEASONS,
    "group": ACORN_GROUPS,
    "tou": TARIFFS,
}
NUMBERS = [*LAGS, "household_mean"]


def with_lags(readings: DataFrame) -> DataFrame:
    """Readings plus lag_48 and lag_336: the kWh of the same household exactly a day and a week before, else
    null.

    By the clock, not by counting rows: a gap in the readings must not shift the rows after it.
    """
    seconds = F.unix_timestamp("time")
    back = Window.partitionBy("household").orderBy(seconds)
    lags = {
        name: F.first(LABEL).over(back.rangeBetween(-1800 * steps, -1800 * steps))
        for name, steps in LAGS.items()
    }
    return readings.withColumns(lags)


def with_calendar(readings: DataFrame) -> DataFrame:
    """Readings plus the columns of CATEGORIES as numbers from 0, which carry their categories' names for
    MLlib.
    """
    numbers = {
        "half_hour": F.hour("time") * 2 + F.floor(F.minute("time") / 30),
        "weekend": (F.dayofweek("time").isin(1, 7)).cast("int"),
        "season": F.floor(F.month("time") % 12 / 3),
        "group": _position(ACORN_GROUPS, "acorn_group"),
        "tou": _position(TARIFFS, "tariff"),
    }
    named = {
        name: number.cast("double").alias(name, metadata=_names(name)) for name, number in numbers.items()
    }
    return readings.select("*", *named.values())


def household_means(training: DataFrame) -> DataFrame:
    """household, household_mean: the mean kWh per half hour; of the training period only, since a test must
    not leak in.
    """
    return training.groupBy("household").agg(F.avg(LABEL).alias("household_mean"))


def with_means(rows: DataFrame, means: DataFrame, training_mean: float) -> DataFrame:
    """Rows plus household_mean; a household that the training period does not know gets the mean of all."""
    joined = rows.join(F.broadcast(means), "household", "left")
    return joined.fillna({"household_mean": training_mean})


def cut(first: datetime, last: datetime, test_fraction: float) -> datetime:
    """The midnight that splits time best: about `test_fraction` of it lies at or after it."""
    moment = last - (last - first) * test_fraction + timedelta(hours=12)
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _position(values: list[str], column: str) -> Column:
    listed = ", ".join(f"'{value}'" for value in values)
    return F.expr(f"array_position(array({listed}), {column}) - 1")


def _names(category: str) -> dict:
    """MLlib's metadata of a nominal column. Without it the encoder would only know the categories training
    happens to hold.
    """
    return {"ml_attr": {"type": "nominal", "name": category, "vals": CATEGORIES[category]}}
