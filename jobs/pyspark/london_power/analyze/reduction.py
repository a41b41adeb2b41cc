"""Readings of the lake → partial tables: a task for some files, then a merge for some households."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from pyspark import SparkContext

from ..common import stamps
from ..common.errors import JobError
from ..common.files import Entry
from ..common.lake import Lake
from . import partials
from .kernel import reduce_file
from .prices import Schedule

_TASKS_PER_CORE = 3  # so that a slow one at the end does not keep the other cores waiting long
_TASK_BYTES = 64 * 1024 * 1024  # of Parquet in a task at most, some 50 million readings
_MERGE_BYTES = 64 * 1024 * 1024  # of Parquet for a merge, about a million household-days
_DEMAND = -1


def reduce_readings(context: SparkContext, lake: Lake, schedule: Schedule) -> dict[str, pa.Table]:
    """partials.tables of the current readings. Raises JobError when none of them has a value."""
    folder, meant = lake.path("readings"), stamps.read(lake)
    files = lake.files.glob(f"{folder}/month=*")
    size, cores = sum(file.size for file in files), context.defaultParallelism
    tasks = _tasks(files, max(cores * _TASKS_PER_CORE, -(-size // _TASK_BYTES)))
    buckets = max(cores, -(-size // _MERGE_BYTES))
    found: list[tuple[int, Any]] = (
        context.parallelize(tasks, len(tasks))
        .flatMap(lambda uris: _reduce(uris, buckets, meant, schedule))
        .groupByKey(buckets)
        .map(_merge)
        .collect()
        if tasks
        else []
    )
    merged = [part for kind, part in found if kind >= 0]
    if not sum(len(months.keys) for months, *_ in merged):
        raise JobError(f"{folder} holds no reading with a value: run ingest on data that has some")
    (demand,) = (part for kind, part in found if kind == _DEMAND)
    of_months, of_coverage, profiles, of_prices = zip(*merged, strict=True)
    coverage = pa.concat_tables(of_coverage).sort_by("household")
    months, prices = (partials.add_up(list(parts)) for parts in (of_months, of_prices))
    profile = np.sum(profiles, axis=0)
    return partials.tables(months, coverage, profile, demand, prices, meant, schedule)


def _tasks(files: list[Entry], count: int) -> list[list[str]]:
    """The files in so many tasks of about the same size."""
    tasks: list[list[str]] = [[] for _ in range(count)]
    sizes = [0] * count
    for file in sorted(files, key=lambda file: -file.size):
        at = sizes.index(min(sizes))
        tasks[at].append(file.uri)
        sizes[at] += file.size
    return [sorted(task) for task in tasks if task]


def _reduce(
    uris: list[str], buckets: int, meant: stamps.Stamps, schedule: Schedule
) -> Iterator[tuple[int, Any]]:
    of_days, of_spans, profiles, of_demand, of_prices = zip(
        *(reduce_file(uri, meant, schedule) for uri in uris), strict=True
    )
    profiles, prices = partials.add_up(list(profiles)), partials.add_up(list(of_prices))
    days, spans = partials.add_up(list(of_days)), partials.add_up(list(of_spans), np.maximum)
    yield _DEMAND, partials.add_up(list(of_demand))
    for bucket in range(buckets):
        mine = days.of_bucket(bucket, buckets)
        if len(mine.keys):
            others = (part.of_bucket(bucket, buckets) for part in (spans, profiles, prices))
            yield bucket, (mine, *others)


def _merge(of_key: tuple[int, Iterable]) -> tuple[int, object]:
    bucket, parts = of_key
    if bucket == _DEMAND:
        return bucket, partials.add_up(list(parts))
    days, spans, profiles, prices = zip(*parts, strict=True)
    whole = partials.add_up(list(days))
    ends = partials.add_up(list(spans), np.maximum)
    return bucket, (
        partials.months_of(whole),
        partials.coverage_of(whole, ends),
        partials.profile_of(partials.add_up(list(profiles))),
        partials.add_up(list(prices)),
    )
