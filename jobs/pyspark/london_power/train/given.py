"""Readings from elsewhere than the lake, whose rows have not passed ingest."""

# pyright: reportAttributeAccessIssue=false
# pyarrow creates the functions of its module compute when it is imported.

from collections import Counter
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..common import stores
from ..common.errors import JobError
from ..common.job import Job
from ..common.schema import ACORN_GROUPS, TARIFFS

# What models know of a household, as columns of readings.
KNOWN = {"acorn_group": ACORN_GROUPS, "tariff": TARIFFS}
_MOST_KWH = 2000  # in a half hour, more than any home's connection gives; see panel.Panel


def check(job: Job, uri: str, files: list[str], since: date | None) -> None:
    """Raises JobError where a row from `since` on has values that no model knows: it says how many and
    which.
    """
    context = job.spark.sparkContext
    tasks = context.parallelize(files, min(len(files), 4 * context.defaultParallelism))
    found = tasks.map(lambda file: _unknown(file, since)).collect()
    count = sum(rows for rows, _, _ in found)
    if count:
        texts = {name: sorted(set().union(*(texts[name] for _, texts, _ in found))) for name in KNOWN}
        said = [f"{name} {', '.join(texts[name][:5])}" for name in KNOWN if texts[name]]
        known = [f"{name} {', '.join(values)}" for name, values in KNOWN.items()]
        raise JobError(
            f"--readings {uri} has {count} rows with values that no model knows:"
            f" {'; '.join(said)}. Known are {'; '.join(known)}: correct these rows, or leave them out"
        )
    if absurd := sum(rows for _, _, rows in found):
        raise JobError(
            f"--readings {uri} has {absurd} rows whose kwh is not from 0 to {_MOST_KWH}: correct these rows,"
            " or leave them out"
        )


def _unknown(file: str, since: date | None) -> tuple[int, dict[str, set[str]], int]:
    """Rows with unknown texts, these texts, and rows with a kWh that cannot be."""
    with stores.open_random(file) as source:
        table = pq.read_table(source, columns=[*KNOWN, "time", "kwh"])
    absurd = pc.sum(pc.or_(pc.less(table["kwh"], 0), pc.greater(table["kwh"], _MOST_KWH))).as_py() or 0
    if since:
        from_then = pc.greater_equal(
            table["time"].cast(pa.timestamp("s", "UTC"), safe=False), _midnight(since)
        )
        table = table.filter(from_then)
    unknown = {name: pc.invert(pc.is_in(table[name], pa.array(KNOWN[name]))) for name in KNOWN}
    rows = pc.sum(pc.or_(*unknown.values())).as_py() or 0
    texts = {}
    for name, mask in unknown.items():
        counted = Counter(table[name].filter(mask).to_pylist()) if rows else {}
        texts[name] = {"none" if text is None else text for text in counted}
    return rows, texts, absurd


def _midnight(day: date) -> pa.Scalar:
    return pa.scalar((day - date(1970, 1, 1)).days * 86_400, pa.int64()).cast(pa.timestamp("s", "UTC"))
