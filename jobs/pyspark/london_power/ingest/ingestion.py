"""The ingest job: CSV → lake, and the proof that no row got lost on the way."""

from dataclasses import dataclass, field

from py4j.protocol import Py4JJavaError
from pyspark.errors.exceptions.captured import CapturedException
from pyspark.sql import DataFrame, Observation
from pyspark.sql import functions as F

from ..common.errors import JobError
from ..common.figures import Clock, write_figures
from ..common.files import Files
from ..common.job import Job
from ..common.lake import Lake
from ..common.schema import QUARANTINE, READINGS
from . import engine, quality
from .source import demand_whole, find, read_csv
from .staging import seen_by_executors


def ingest(job: Job) -> dict:
    """CSV files → the lake's tables readings and quarantine; returns the metrics.

    Always: rows_read = rows_stored + rows_quarantined + rows_duplicate. Raises JobError for input that
    source.read_csv refuses, and when no row at all is a reading.
    """
    asked, clock = job.arguments, Clock()
    lake = Lake(job.spark, asked.lake)
    with seen_by_executors(job, asked.csv) as csv:
        try:
            job.stage("check the CSV files")
            entries = find(Files(job.spark), csv)
            if asked.engine == "arrow" and engine.serves(entries, lake):
                metrics = engine.to_lake(job, lake, entries)
            else:
                metrics = _by_spark(job, lake, csv)
        except (Py4JJavaError, CapturedException):
            demand_whole(job.spark, asked.csv)
            raise
    write_figures(job, lake, "ingest", clock, metrics)
    return metrics


def _by_spark(job: Job, lake: Lake, csv: list[str]) -> dict:
    """Spark's own reader and writer: for comparison, and where Python workers do not reach the files.

    Stages the readings, counts what is really there, and only then shows it to readers.
    """
    counts, run = _Counts(), job.arguments.run
    checked = quality.check(read_csv(job.spark, csv))
    settled = counts.see_settled(quality.settle(counts.see_checked(checked)))
    stored = settled.where("fate = 'stored'").select(*READINGS.names)
    job.stage("write the readings to the lake")
    folder = lake.stage("readings", run, lambda uri: stored.write.partitionBy("month").parquet(uri))
    counts.demand_readings()
    job.stage("write the quarantine")
    rows = _quarantine(checked, counts)
    lake.write("quarantine", run, lambda uri: rows.coalesce(1).write.parquet(uri))
    quarantined = lake.read("quarantine", QUARANTINE).count()
    job.stage("verify the readings in the lake")
    metrics = _summary(job.spark.read.schema(READINGS).parquet(folder))
    metrics = counts.metrics(metrics["rows_stored"], quarantined) | metrics
    lake.publish("readings", folder)
    return metrics | {"lake": folder, "quarantine": lake.path("quarantine")}


@dataclass
class _Counts:
    """Counts rows while they pass, in the same Spark job that writes them."""

    checked: Observation = field(default_factory=Observation)
    settled: Observation = field(default_factory=Observation)

    def see_checked(self, frame: DataFrame) -> DataFrame:
        reasons = [F.count(F.when(F.col("reason") == r, 1)).alias(r) for r in quality.REASONS]
        return frame.observe(self.checked, F.count(F.lit(1)).alias("rows_read"), *reasons)

    def see_settled(self, frame: DataFrame) -> DataFrame:
        fates = [
            F.count(F.when(F.col("fate") == fate, 1)).alias(fate)
            for fate in ("duplicate", "conflict", "stored")
        ]
        return frame.observe(self.settled, *fates)

    def demand_readings(self) -> None:
        if not self.settled.get["stored"]:
            raise JobError(
                f"none of the {self.checked.get['rows_read']} rows is a reading; why not: {self.reasons()}"
            )

    def reasons(self) -> dict[str, int]:
        """Rows for the quarantine by reason, those that occur."""
        counted = {r: self.checked.get[r] for r in quality.REASONS} | {
            "conflict": self.settled.get["conflict"]
        }
        return {reason: rows for reason, rows in counted.items() if rows}

    def metrics(self, rows_stored: int, rows_quarantined: int) -> dict:
        """The counts, once what was written is known to match them."""
        read, duplicate = self.checked.get["rows_read"], self.settled.get["duplicate"]
        if read != rows_stored + rows_quarantined + duplicate:
            raise RuntimeError(
                f"rows got lost: {read} read, but {rows_stored} stored, {rows_quarantined} in quarantine and"
                f" {duplicate} duplicates; did the input change meanwhile?"
            )
        return {
            "engine": "spark",
            "rows_read": read,
            "rows_quarantined": rows_quarantined,
            "quarantine_reasons": self.reasons(),
            "rows_duplicate": duplicate,
            "rows_conflicting": self.settled.get["conflict"],
        }


def _quarantine(checked: DataFrame, counts: _Counts) -> DataFrame:
    """The rows for the quarantine. Reads the source again only as far as there is something to find."""
    reasons = counts.reasons()
    conflicting = reasons.pop("conflict", 0)
    rows = quality.unreadable(checked) if reasons else checked.sparkSession.createDataFrame([], QUARANTINE)
    return rows.union(quality.conflicts(quality.settle(checked))) if conflicting else rows


def _summary(readings: DataFrame) -> dict:
    row = readings.selectExpr(
        "count(*) AS rows_stored",
        "count_if(kwh IS NULL) AS rows_null",
        "count(DISTINCT household) AS households",
        "date_format(min(time), \"yyyy-MM-dd'T'HH:mm:ss\") AS first_time",
        "date_format(max(time), \"yyyy-MM-dd'T'HH:mm:ss\") AS last_time",
    ).first()
    return row.asDict()
