"""The load job: readings of the lake → documents in MongoDB."""

from hashlib import sha256

from pyspark.sql import functions as F

from ..common.documents import Documents
from ..common.errors import JobError
from ..common.figures import Clock, write_figures
from ..common.job import Job
from ..common.lake import Lake
from ..common.schema import READINGS
from . import document_kinds, loads, slices


def load(job: Job) -> dict:
    """Loads the months of the current readings that differ from the loaded ones, slice by slice. Returns
    rows_read and the metrics of loads.resume.

    Raises JobError for a slice without documents, and if lake or MongoDB cannot be used.
    """
    asked, clock = job.arguments, Clock()
    if asked.slice < 1:
        raise JobError(f"--slice {asked.slice}: a slice has one document at least")
    lake = Lake(job.spark, asked.lake)
    store = Documents(asked.mongo_credentials, asked.mongo_database)
    job.stage("count the readings in the lake")
    readings = lake.read("readings", READINGS)
    months = {month: rows for month, rows in readings.groupBy("month").count().collect()}
    kind = document_kinds.choose(asked.documents, sum(months.values()))
    folder = lake.path("readings")
    which = loads.Load(asked.mongo_collection, asked.run, folder, kind, _states(lake, folder))
    held = loads.Held(store, which)
    changed = {month: rows for month, rows in months.items() if month in held.changed}
    readings = readings.where(F.col("month").isin(list(changed)))
    parts = {part.name: part.of(readings) for part in slices.plan(changed, asked.slice * kind.readings)}
    metrics = {"rows_read": sum(months.values()), "lake": folder}
    metrics |= loads.resume(store, which, held, parts, job.stage)
    write_figures(job, lake, "load", clock, metrics)
    return metrics


def _states(lake: Lake, readings: str) -> dict[str, str]:
    """Returns for each month a text that changes with its readings: ingest never uses a file name again."""
    names: dict[str, list[str]] = {}
    for file in lake.files.glob(f"{readings}/month=*"):
        folder, name = file.uri.rsplit("/", 2)[1:]
        names.setdefault(folder.removeprefix("month="), []).append(name)
    return {
        month: sha256("\n".join(sorted(files)).encode()).hexdigest()[:16] for month, files in names.items()
    }
