"""Whole households, as many as a number of rows allows: which ones depends on their names alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pyspark.sql import DataFrame, Row
from pyspark.sql import functions as F

from ..common.errors import JobError
from .features import LABEL

BUCKETS = 1000  # a household falls into one of them by the hash of its name; a sample is the first so many
_BUCKET = f"pmod(xxhash64(household), {BUCKETS})"


@dataclass(frozen=True)
class Survey:
    """What there is: a row for each bucket and Acorn group with its households and rows; first and last time
    of a reading with a value.
    """

    counts: list[Row]
    first: datetime
    last: datetime


def survey(readings: DataFrame) -> Survey:
    """One pass over the readings. Raises JobError where none has a value."""
    times = F.when(F.col(LABEL).isNotNull(), F.unix_timestamp("time"))
    homes = readings.groupBy("household").agg(
        F.first("acorn_group").alias("acorn_group"),
        F.count("*").alias("rows"),
        F.count(LABEL).alias("values"),
        F.min(times).alias("first"),
        F.max(times).alias("last"),
    )
    counts = (
        homes.groupBy(F.expr(_BUCKET).alias("bucket"), "acorn_group")
        .agg(
            F.count("*").alias("households"),
            F.sum("rows").alias("rows"),
            F.sum("values").alias("values"),
            F.min("first").alias("first"),
            F.max("last").alias("last"),
        )
        .collect()  # of buckets and groups: some thousands at most, however many readings
    )
    known = [row for row in counts if row["first"] is not None]
    if not known:
        raise JobError("the lake holds no reading with a value: run ingest on data that has some")
    first, last = min(row["first"] for row in known), max(row["last"] for row in known)
    return Survey(counts, _time(first), _time(last))


@dataclass(frozen=True)
class Sample:
    """The households of the first `buckets`; `report` says how many these are of how many."""

    buckets: int
    report: dict

    def of(self, readings: DataFrame) -> DataFrame:
        return readings if self.buckets == BUCKETS else readings.where(f"{_BUCKET} < {self.buckets}")


def choose(counts: list[Row], most: int) -> Sample:
    """As many buckets as have at most `most` rows together, and at least one that is not empty."""
    buckets, rows = BUCKETS, 0
    for bucket in sorted({row["bucket"] for row in counts}):
        here = sum(row["rows"] for row in counts if row["bucket"] == bucket)
        if rows and rows + here > most:
            buckets = bucket
            break
        rows += here
    inside = [row for row in counts if row["bucket"] < buckets]
    households = sum(row["households"] for row in counts)
    by_group: dict[str, int] = {}
    for row in inside:
        by_group[row["acorn_group"]] = by_group.get(row["acorn_group"], 0) + row["households"]
    used = sum(by_group.values())
    report = {
        "households": households,
        "households_used": used,
        "households_by_group": dict(sorted(by_group.items())),
        "share": round(used / households, 6),
        "rows": sum(row["rows"] for row in counts),
        "rows_used": rows,
        "rows_null": rows - sum(row["values"] for row in inside),
        "rows_at_most": most,
    }
    return Sample(buckets, report)


def _time(seconds: int) -> datetime:
    return datetime(1970, 1, 1) + timedelta(seconds=seconds)
