"""Training before a cut in time, testing from it on, and within the training time folds that do the same."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pyspark import StorageLevel
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from ..common.errors import JobError
from . import features
from .features import CATEGORIES, LABEL, NEEDED, NUMBERS
from .sampling import Sample, Survey

MIN_ROWS = 100  # more than the linear model has coefficients, on either side of the cut
_PARTITION_ROWS = 250_000


@dataclass(frozen=True)
class Split:
    """Complete rows with all features, before and from the cut on, kept in memory; `report` says how they
    came about.
    """

    training: DataFrame
    test: DataFrame
    cut: datetime
    report: dict


@dataclass(frozen=True)
class Fold:
    """Learns from the rows before `start`, is scored on those from there to before `end`."""

    start: datetime
    end: datetime

    def training(self, rows: DataFrame) -> DataFrame:
        return rows.where(before(self.start))

    def validation(self, rows: DataFrame) -> DataFrame:
        return rows.where(~before(self.start) & before(self.end))


def split(readings: DataFrame, seen: Survey, sample: Sample, test_fraction: float) -> Split:
    """The sample's readings → complete rows on both sides of a cut of the time that was seen. Raises JobError
    when either side has too few.
    """
    first, last, count = seen.first, seen.last, sample.report["rows_used"]
    at = cut(first, last, test_fraction)
    complete = " AND ".join(f"{name} IS NOT NULL" for name in [LABEL, *NEEDED])
    # How rows are spread must not depend on the machine: trees look for thresholds in a sample of each part.
    parts = max(2, count // _PARTITION_ROWS)
    taken = sample.of(readings).persist(StorageLevel.MEMORY_AND_DISK)  # it is read twice
    rows = (
        features.build(taken)
        .where(complete)
        .select("household", "time", "acorn_group", "tariff", LABEL, *CATEGORIES, *NUMBERS)
        .repartition(parts, "household", F.to_date("time"))
        .sortWithinPartitions("household", "time")
        .persist(StorageLevel.MEMORY_AND_DISK)
    )
    counts = rows.agg(F.count("*").alias("complete"), F.count_if(before(at)).alias("training")).first()
    taken.unpersist()
    nulls = sample.report["rows_null"]
    report = {
        "rows": count,
        "rows_null": nulls,
        "rows_training": counts.training,
        "rows_test": counts.complete - counts.training,
        "rows_without_lag": count - nulls - counts.complete,
        "first_time": first.isoformat(),
        "cut": at.isoformat(),
        "last_time": last.isoformat(),
        "test_fraction": test_fraction,
    }
    if min(report["rows_training"], report["rows_test"]) < MIN_ROWS:
        raise JobError(
            f"too little data to train on: {report['rows_training']} rows before and {report['rows_test']}"
            f" from {at:%Y-%m-%d} on have a reading, one of the day and one of the week before; each side"
            f" needs {MIN_ROWS}. Ingest a longer time (now {first:%Y-%m-%d} to {last:%Y-%m-%d}) or choose"
            " another --test-fraction"
        )
    return Split(rows.where(before(at)), rows.where(~before(at)), at, report)


def folds(first: datetime, at: datetime) -> list[Fold]:
    """Two folds of an expanding window: the first half of the time before the cut predicts the third quarter,
    three quarters predict the last. None where that is too short for whole days.

    `first` is when complete rows begin.
    """
    half, quarter = (midnight(first + (at - first) * share) for share in (0.5, 0.75))
    return [Fold(half, quarter), Fold(quarter, at)] if first < half < quarter < at else []


def cut(first: datetime, last: datetime, test_fraction: float) -> datetime:
    """The midnight that splits time best: about `test_fraction` of it lies at or after it."""
    return midnight(last - (last - first) * test_fraction)


def midnight(moment: datetime) -> datetime:
    """The one that is next, before or after."""
    return (moment + timedelta(hours=12)).replace(hour=0, minute=0, second=0, microsecond=0)


def before(moment: datetime) -> Column:
    return F.col("time") < F.lit(f"{moment:%Y-%m-%d %H:%M:%S}").cast("timestamp")
