"""What a document holds: for each kind the rows that Spark prepares, and how one becomes a document.

Times travel as numbers: Spark's own conversion would shift the clock by the executor's time zone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Kind:
    """`rows` makes of readings those that `document` takes, one by one; `readings` is how many make one,
    `time` is the field that says when.
    """

    name: str
    time: str
    rows: Callable[[DataFrame], DataFrame]
    document: Callable[[tuple], dict]
    readings: int = 1

    def in_months(self, months: list[str]) -> dict:
        """MongoDB's condition for documents of these months, as in '2013-01'; one at least."""
        first = [datetime.strptime(month, "%Y-%m").replace(tzinfo=timezone.utc) for month in months]
        after = [(day + timedelta(days=31)).replace(day=1) for day in first]
        return {"$or": [{self.time: {"$gte": a, "$lt": b}} for a, b in zip(first, after, strict=True)]}


def month_of(document: dict) -> str:
    """The month of a document of either kind, as in '2013-01'."""
    return document["_id"].partition("|")[2][:7]


def reading_rows(readings: DataFrame) -> DataFrame:
    """Readings in the form that reading_document takes."""
    return readings.selectExpr("household", "tariff", "unix_micros(time)", "kwh", "acorn", "acorn_group")


def reading_document(row: tuple) -> dict:
    """(household, tariff, microseconds since 1970, kwh, acorn, acorn_group) → a document of `data`."""
    household, tariff, micros, kwh, acorn, acorn_group = row
    time = _EPOCH + timedelta(microseconds=micros)
    return {
        "_id": f"{household}|{time.replace(tzinfo=None).isoformat()}",
        "household": household,
        "tariff": tariff,
        "time": time,
        "kwh": kwh,
        "acorn": acorn,
        "acorn_group": acorn_group,
    }


def daily_rows(readings: DataFrame) -> DataFrame:
    """Readings summed up by household and day, in the form that daily_document takes.

    Of a household under several tariffs or Acorn groups on one day, which is a fault of the data, the first
    by name is taken.
    """
    return readings.groupBy("household", F.to_date("time").alias("day")).agg(
        F.unix_date(F.to_date(F.min("time"))),
        F.min("tariff"),
        F.min("acorn"),
        F.min("acorn_group"),
        F.round(F.sum(F.col("kwh").cast("decimal(8,6)")).cast("double"), 6),
        F.count("kwh"),
        F.count_if(F.col("kwh").isNull()),
        F.min("kwh"),
        F.max("kwh"),
    )


def daily_document(row: tuple) -> dict:
    """A household's day: kwh (None without a reading), readings (half hours with a value), missing (those
    stored without one), and the lowest and highest kWh of a half hour.
    """
    household, _, day, tariff, acorn, acorn_group, kwh, readings, missing, lowest, highest = row
    date = _EPOCH + timedelta(days=day)
    return {
        "_id": f"{household}|{date:%Y-%m-%d}",
        "household": household,
        "tariff": tariff,
        "day": date,
        "kwh": kwh,
        "readings": readings,
        "missing": missing,
        "min_half_hour_kwh": lowest,
        "max_half_hour_kwh": highest,
        "acorn": acorn,
        "acorn_group": acorn_group,
    }


RAW = Kind("raw", "time", reading_rows, reading_document)
DAILY = Kind("daily", "day", daily_rows, daily_document, readings=48)

# Above it a load of single readings takes longer on two cores than all other jobs.
AUTO_RAW_READINGS = 100_000


def choose(asked: str, readings: int) -> Kind:
    """The kind for 'raw', 'daily' or 'auto', which is raw for few readings and daily for many."""
    if asked == "auto":
        return RAW if readings <= AUTO_RAW_READINGS else DAILY
    return {kind.name: kind for kind in (RAW, DAILY)}[asked]
