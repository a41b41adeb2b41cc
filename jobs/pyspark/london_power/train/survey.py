"""One look at all readings: what each household has, and the half hours of those that a model may see."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from ..common.errors import JobError
from ..common.job import Job
from ..common.prices import Prices
from ..common.stamps import Stamps
from . import scan
from .panel import Panel, assemble
from .sampling import choose
from .scan import NEVER, SUMS, Piece

# Pieces on their way through Spark's JVM at a time, so that its heap need not hold all.
_FILES_AT_ONCE = 64
_MARGIN = 1.5  # households differ in rows: so many more are carried than the average says


@dataclass(frozen=True)
class Survey:
    """Arrays have an item for each household, in the order of names; profile as in scan.Piece. `panel` holds
    the half hours of the `chosen`, which are places in `households`.
    """

    households: list[str]
    group: np.ndarray
    tariff: np.ndarray
    rows: np.ndarray
    values: np.ndarray
    profile: np.ndarray
    first: datetime  # of all readings with a value
    last: datetime
    chosen: np.ndarray
    panel: Panel


def survey(job: Job, files: list[str], most: int, stamps: Stamps, prices: Prices) -> Survey:
    """Reads each file once, in Spark's tasks; a second time only where the households that come first have
    far fewer rows than the others. `most` rows at most are kept, of whole households.

    Raises JobError where no row has a value.
    """
    every = sum(_each(job, scan.rows_of, files))
    share = min(1.0, _MARGIN * most / max(every, 1))
    while True:
        pieces = _pieces(job, files, share, stamps)
        found = _Found(pieces)
        if not found.households or (found.first == NEVER).all():
            raise JobError("the lake holds no reading with a value: run ingest on data that has some")
        chosen = choose(found.households, found.rows, most)
        kept = {piece.households[n] for piece in pieces for n in piece.kept}
        if kept.issuperset(found.households[n] for n in chosen):
            break
        share = min(1.0, 4 * share + 1e-3)
    return Survey(
        households=found.households,
        group=found.group,
        tariff=found.tariff,
        rows=found.rows,
        values=found.values,
        profile=found.profile,
        first=_time(found.first.min()),
        last=_time(found.last.max()),
        chosen=chosen,
        panel=assemble(
            pieces,
            [found.households[n] for n in chosen],
            found.group[chosen],
            found.tariff[chosen],
            stamps,
            prices,
        ),
    )


class _Found:
    """The sums of all pieces, by household."""

    def __init__(self, pieces: list[Piece]):
        self.households = sorted({name for piece in pieces for name in piece.households})
        place = {name: n for n, name in enumerate(self.households)}
        count = len(self.households)
        self.rows, self.values = np.zeros(count, np.int64), np.zeros(count, np.int64)
        self.first, self.last = np.full(count, NEVER), np.full(count, -NEVER)
        self.group, self.tariff = np.zeros(count, np.int8), np.zeros(count, np.int8)
        self.profile = np.zeros((count, SUMS, 2), np.int64)
        for piece in sorted(pieces, key=lambda piece: piece.first_day):
            at = np.array([place[name] for name in piece.households])
            self.group[at], self.tariff[at] = piece.group, piece.tariff  # the latest month's count
            self.rows[at] += piece.rows
            self.values[at] += piece.values
            self.profile[at] += piece.profile
            self.first[at] = np.minimum(self.first[at], piece.first)
            self.last[at] = np.maximum(self.last[at], piece.last)


def _pieces(job: Job, files: list[str], share: float, stamps: Stamps) -> list[Piece]:
    found = []
    for start in range(0, len(files), _FILES_AT_ONCE):
        some = files[start : start + _FILES_AT_ONCE]
        read = _each(job, lambda uri: list(scan.read(uri, share, stamps)), some)
        found += [piece for pieces in read for piece in pieces]
    return found


def _each(job: Job, work, files: list[str]) -> list:
    """What `work` makes of each file, by Spark's tasks, some for each core."""
    context = job.spark.sparkContext
    tasks = min(len(files), 4 * context.defaultParallelism)
    return context.parallelize(files, max(tasks, 1)).map(work).collect()


def _time(seconds: int) -> datetime:
    return datetime(1970, 1, 1) + timedelta(seconds=int(seconds))
