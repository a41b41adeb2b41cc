"""The ingest job: what goes where, and the proof that no row got lost on the way."""

from dataclasses import dataclass, field

from py4j.protocol import Py4JJavaError
from pyspark.errors.exceptions.captured import CapturedException
from pyspark.sql import DataFrame, Observation
from pyspark.sql import functions as F

from . import document_kinds, loads, quality, slices
from .arrow import engine
from .documents import Documents
from .errors import JobError
from .figures import Clock, write_figures
from .files import Files
from .job import Job
from .lake import Lake
from .schema import QUARANTINE, READINGS
from .source import demand_whole, find, read_csv
from .staging import seen_by_executors


def ingest(job: Job) -> dict:
    """Runs the ingest that the arguments ask for; returns its metrics.

    Of CSV rows always: rows_read = rows_stored + rows_quarantined + rows_duplicate. Raises JobError for
    arguments that do not fit together, for input that source.read_csv refuses, and when no row at all is a
    reading.
    """
    target, clock = _Target(job), Clock()
    if job.arguments.source == "lake":
        metrics = _from_lake(job, target)
        write_figures(job, target.lake, "load", clock, metrics)
        return metrics
    with seen_by_executors(job, job.arguments.csv) as csv:
        try:
            metrics = _from_csv(job, target, csv)
        except (Py4JJavaError, CapturedException):
            demand_whole(job.spark, job.arguments.csv)
            raise
    if target.keeps_in_lake:
        write_figures(job, target.lake, "ingest", clock, metrics)
    return metrics


def _from_lake(job: Job, target: "_Target") -> dict:
    job.stage("count the readings in the lake")
    counted = _summary(target.lake.read("readings", READINGS))
    return (
        {"rows_read": counted["rows_stored"]}
        | counted
        | target.load()
        | {"lake": target.lake.path("readings")}
    )


def _from_csv(job: Job, target: "_Target", csv: list[str]) -> dict:
    job.stage("check the CSV files")
    if target.keeps_in_lake and job.arguments.engine == "arrow":
        entries = find(Files(job.spark), csv)
        if engine.serves(entries, target.lake):
            metrics = engine.to_lake(job, target.lake, entries)
            return metrics | (target.load() if target.documents else {})
    return _by_spark(job, target, csv)


def _by_spark(job: Job, target: "_Target", csv: list[str]) -> dict:
    """Spark's own reader and writer: for comparison, and where Python workers do not reach the files."""
    counts = _Counts()
    checked = quality.check(read_csv(job.spark, csv))
    settled = counts.see_settled(quality.settle(counts.see_checked(checked)))
    stored = settled.where("fate = 'stored'").select(*READINGS.names)
    if target.keeps_in_lake:
        metrics = _to_lake(job, target, counts, checked, stored)
        return metrics | (target.load() if target.documents else {})
    job.stage("check the readings")
    stored.write.format("noop").mode("overwrite").save()
    counts.demand_readings()
    quarantined = target.quarantine(_quarantine(checked, counts))
    readings = quality.settle(checked).where("fate = 'stored'").select(*READINGS.names)
    counted = _summary(readings)
    return counts.metrics(counted["rows_stored"], quarantined) | counted | target.load_all(readings, counted)


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


class _Target:
    """Where rows go, from the arguments. Raises JobError when they do not fit together."""

    def __init__(self, job: Job):
        self._job = job
        asked = job.arguments
        wanted = set(asked.to.split(","))
        if not wanted <= {"lake", "mongo"}:
            raise JobError(f"--to {asked.to}: write lake, mongo or lake,mongo")
        if asked.source == "csv" and not asked.csv:
            raise JobError("--from csv needs --csv URI")
        if asked.source == "lake" and wanted != {"mongo"}:
            raise JobError("--from lake goes --to mongo")
        if not asked.lake and "lake" in wanted | {asked.source}:
            raise JobError("--from lake and --to lake need --lake URI")
        if "mongo" in wanted and not asked.mongo_credentials:
            raise JobError("--to mongo needs --mongo-credentials FILE")
        if asked.slice < 1:
            raise JobError(f"--slice {asked.slice}: a slice has one document at least")
        self.keeps_in_lake = "lake" in wanted
        self.lake = Lake(job.spark, asked.lake) if asked.lake else None
        self.documents = (
            Documents(asked.mongo_credentials, asked.mongo_database) if "mongo" in wanted else None
        )

    def load(self) -> dict:
        """The lake's readings → MongoDB, slice by slice; what loads.resume returns."""
        asked = self._job.arguments
        readings = self.lake.read("readings", READINGS)
        months = {month: rows for month, rows in readings.groupBy("month").count().collect()}
        kind = document_kinds.choose(asked.documents, sum(months.values()))
        planned = slices.plan(months, asked.slice * kind.readings)
        return self._resume(kind, {part.name: part.of(readings) for part in planned})

    def load_all(self, readings: DataFrame, counted: dict) -> dict:
        """Readings that are in no lake → MongoDB in one slice, since each would read the source again."""
        kind = document_kinds.choose(self._job.arguments.documents, counted["rows_stored"])
        return self._resume(kind, {"all": readings})

    def _resume(self, kind: document_kinds.Kind, parts: dict[str, DataFrame]) -> dict:
        asked = self._job.arguments
        source = self.lake.path("readings") if self.lake else " ".join(asked.csv)
        load = loads.Load(asked.mongo_collection, asked.run, source, kind)
        return loads.resume(self.documents, load, parts, self._job.stage)

    def quarantine(self, rows: DataFrame) -> int:
        """Writes the quarantine to the lake or, where there is none, to MongoDB; returns how many rows it
        holds then.
        """
        run = self._job.arguments.run
        self._job.stage("write the quarantine")
        if self.lake:
            self.lake.write("quarantine", run, lambda folder: rows.coalesce(1).write.parquet(folder))
            return self.lake.read("quarantine", QUARANTINE).count()
        load = loads.Load("quarantine", run, " ".join(self._job.arguments.csv), document_kinds.QUARANTINE)
        return loads.resume(self.documents, load, {"all": rows}, self._job.stage)["rows_loaded"]


def _to_lake(job: Job, target: _Target, counts: _Counts, checked: DataFrame, stored: DataFrame) -> dict:
    """Stages the readings, counts what is really there, and only then shows it to readers."""
    job.stage("write the readings to the lake")
    folder = target.lake.stage(
        "readings", job.arguments.run, lambda uri: stored.write.partitionBy("month").parquet(uri)
    )
    counts.demand_readings()
    quarantined = target.quarantine(_quarantine(checked, counts))
    job.stage("verify the readings in the lake")
    metrics = _summary(job.spark.read.schema(READINGS).parquet(folder))
    metrics = counts.metrics(metrics["rows_stored"], quarantined) | metrics
    target.lake.publish("readings", folder)
    return metrics | {"lake": folder, "quarantine": target.lake.path("quarantine")}


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
