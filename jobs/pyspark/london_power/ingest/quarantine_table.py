"""The quarantine's table: what the workers found, with the line numbers that only the driver can know."""

import io

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import functions as F

from ..common.job import Job
from ..common.lake import Lake
from ..common.schema import QUARANTINE
from .splits import Split
from .task import Report

_HEADER_AND_ONE = 2  # the first line below the header is line 2


def write(
    lake: Lake, job: Job, tasks: list[list[Split]], reports: list[Report], found: list[tuple[int, str]]
) -> int:
    """Writes and shows the quarantine; returns how many rows are in it. `found` are tasks and their files."""
    if not found:
        lake.write_files("quarantine", job.arguments.run, {"part-00000.zstd.parquet": _empty()})
        return 0
    bases = _bases(tasks, reports)

    def save(folder: str) -> None:
        parts = [
            job.spark.read.parquet(uri).withColumn("base", _of(bases[task])[F.col("split")])
            for task, uri in found
        ]
        rows = parts[0]
        for part in parts[1:]:
            rows = rows.unionAll(part)
        rows = rows.withColumn("line", F.col("line") + F.col("base")).select(*QUARANTINE.names)
        rows.coalesce(1).write.parquet(folder)

    lake.write("quarantine", job.arguments.run, save)
    return lake.read("quarantine", QUARANTINE).count()


def _bases(tasks: list[list[Split]], reports: list[Report]) -> list[list[int]]:
    """For each task's splits the number of their first line in the file."""
    reached: dict[str, int] = {}
    bases = []
    for task, report in zip(tasks, reports, strict=True):
        bases.append([])
        for split, lines in zip(task, report.lines, strict=True):
            bases[-1].append(reached.setdefault(split.uri, _HEADER_AND_ONE))
            reached[split.uri] += lines
    return bases


def _of(bases: list[int]):
    return F.array(*[F.lit(base).cast("long") for base in bases])


def _empty() -> bytes:
    text = ("reason", "file", "row")
    schema = pa.schema([(name, pa.string() if name in text else pa.int64()) for name in QUARANTINE.names])
    content = io.BytesIO()
    pq.write_table(schema.empty_table(), content)
    return content.getvalue()
