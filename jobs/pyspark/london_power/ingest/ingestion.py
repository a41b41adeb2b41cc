"""The ingest job: writes CSV files to the lake and checks that no row was lost."""

from py4j.protocol import Py4JJavaError
from pyspark.errors.exceptions.captured import CapturedException

from ..common import stores
from ..common.errors import JobError
from ..common.figures import Clock, write_figures
from ..common.files import Files
from ..common.job import Job
from ..common.lake import Lake
from . import engine
from .source import demand_whole, find
from .staging import seen_by_executors


def ingest(job: Job) -> dict:
    """Writes CSV files to the lake's tables readings and quarantine, and returns the metrics.

    Always: rows_read = rows_stored + rows_quarantined + rows_duplicate. Raises JobError for input that
    source.find refuses, for a lake that workers cannot reach, and if no row is a reading.
    """
    asked, clock = job.arguments, Clock()
    lake = Lake(job.spark, asked.lake)
    if not stores.reachable(lake.root):
        raise JobError(f"--lake {lake.root}: ingest writes to {', '.join(stores.SCHEMES)} only")
    job.stage("check the CSV files")
    try:
        entries = find(Files(job.spark), asked.csv)
        with seen_by_executors(job) as seen:
            metrics = engine.to_lake(job, lake, seen.identified(entries), seen)
    except (Py4JJavaError, CapturedException):
        demand_whole(job.spark, asked.csv)
        raise
    write_figures(job, lake, "ingest", clock, metrics)
    return metrics
