"""The kinds of documents: for each, the rows that Spark prepares, and how a row becomes a document.

Times are numbers here, because Spark's own conversion would shift them by the executor's time zone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Kind:
    """`rows` converts readings to rows, and `document` a row to a document; `readings` is the number of
    readings in a document, `time` its field with the time.
    """

    name: str
    time: str
    rows: Callable[[DataFrame], DataFrame]
    document: Callable[[tuple], dict]
    readings: int = 1

    def in_months(self, months: list[str]) -> dict:
        """Returns MongoDB's condition for documents of these months, such as '2013-01'; at least one."""
        first = [datetime.strptime(month, "%Y-%m").replace(tzinfo=timezone.utc) for month in months]
        after = [(day + timedelta(days=31)).replace(day=1) for day in first]
        return {"$or": [{self.time: {"$gte": a, "$lt": b}} for a, b in zip(first, after, strict=True)]}


def month_of(document: dict) -> str:
    """Returns the month of a document of either kind, such as '2013-01'."""
    return document["_id"].partition("|")[2][:7]


def reading_rows(readings: DataFrame) -> DataFrame:
    """Returns readings in the form for reading_document."""
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
    """Returns readings summed up by household and day, in the form for daily_document.

    If a household has several tariffs or Acorn groups on one day, which is an error in the data, the first
    by name counts.
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
    """Returns a household's day: kwh (None without a reading), readings (half hours with a value), missing
    (half hours without a value), and the lowest and highest kWh of a half hour.
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

# With more readings, a load of single readings takes longer on two cores than all other jobs.
AUTO_RAW_READINGS = 100_000


def choose(asked: str, readings: int) -> Kind:
    """Returns the kind for 'raw', 'daily' or 'auto', which means raw for few readings and daily for many."""
    if asked == "auto":
        return RAW if readings <= AUTO_RAW_READINGS else DAILY
    return {kind.name: kind for kind in (RAW, DAILY)}[asked]
