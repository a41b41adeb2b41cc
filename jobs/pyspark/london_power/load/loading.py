"""The load job: readings of the lake → documents in MongoDB."""

from ..common.documents import Documents
from ..common.errors import JobError
from ..common.figures import Clock, write_figures
from ..common.job import Job
from ..common.lake import Lake
from ..common.schema import READINGS
from . import document_kinds, loads, slices


def load(job: Job) -> dict:
    """Loads the current readings slice by slice; returns rows_read and what loads.resume returns.

    Raises JobError for a slice without documents, and where lake or MongoDB cannot be used.
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
    parts = {part.name: part.of(readings) for part in slices.plan(months, asked.slice * kind.readings)}
    which = loads.Load(asked.mongo_collection, asked.run, lake.path("readings"), kind)
    metrics = {"rows_read": sum(months.values()), "lake": lake.path("readings")}
    metrics |= loads.resume(store, which, parts, job.stage)
    write_figures(job, lake, "load", clock, metrics)
    return metrics
