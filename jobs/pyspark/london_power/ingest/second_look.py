"""Compares again the rows that may have duplicates elsewhere (see ranges.py), month by month."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..common import stores
from ..common.schema import CSV_COLUMNS
from . import ranges, rules
from .months import NAMES, MonthFiles, Written
from .readings import Readings, concat
from .repeats import settle
from .times import months_of

_TEXTS = [name for name in CSV_COLUMNS if name not in ("time", "kwh")]


@dataclass(frozen=True)
class Month:
    """The files of a month to be compared, and all rows of it that were dropped so far."""

    name: str
    files: list[Written]
    lost: list[Written]


@dataclass
class Settled:
    """`files` take the place of the `replaced` ones, and `lost` that of all dropped rows; `duplicates` counts
    the duplicates among them, and `conflicts` has the others by file and source.
    """

    month: str
    replaced: list[str] = field(default_factory=list)
    files: list[Written] = field(default_factory=list)
    lost: list[Written] = field(default_factory=list)
    duplicates: int = 0
    conflicts: list[tuple[str, int, Readings]] = field(default_factory=list)


def settle_month(month: Month, windows: ranges.Ranges, rank: np.ndarray, folder: str) -> Settled:
    """Removes duplicates, conflicts and the rows of deleted sources from one month's files. The files that
    lose a row are written again, as one file. A dropped row comes back when the row that was stored instead
    is gone.

    `rank` has the position of each source, -1 for a deleted one. Rows in the windows take about 100 bytes
    each in memory, and rows outside of them none.
    """
    lost = [(readings, sources) for file in month.lost for readings, sources in _read(file)]
    instants = [ranges.instants(readings.household, readings.time) for readings, _ in lost]
    windows = ranges.union(ranges.concat([windows, *instants]))
    if not len(windows):
        return _without_those_gone(month, rank, folder)
    suspects, origins = [], []
    for number, file in enumerate(month.files):
        at = 0
        for readings, sources in _read(file):
            inside = ranges.within(windows, readings.household, readings.time) & (rank[sources] >= 0)
            rows = np.flatnonzero(inside)
            suspects.append(readings.take(rows))
            origins.append(np.stack([np.full(len(rows), number), rows + at, sources[rows]]))
            at += len(readings)
    for readings, sources in lost:
        rows = np.flatnonzero(rank[sources] >= 0)
        suspects.append(readings.take(rows))
        origins.append(np.stack([np.full(len(rows), len(month.files)), rows, sources[rows]]))
    together, (file_of, row_of, source) = concat(suspects), np.concatenate(origins, axis=1)
    duplicate, conflict = settle(together, NAMES, rank[source])
    beaten = duplicate | conflict
    settled = Settled(month.name, duplicates=int(duplicate.sum()))
    made, spilled = MonthFiles(folder), MonthFiles(folder)
    for number, file in enumerate(month.files):
        gone = row_of[beaten & (file_of == number)]
        if len(gone) or any(rank[each] < 0 for each, _ in file.origins):
            settled.replaced.append(file.uri)
            _copy(file, gone, rank, made)
    back = ~beaten & (file_of == len(month.files))
    for files, rows in ((made, back), (spilled, beaten)):
        _add(files, together.take(rows), source[rows])
    settled.files, settled.lost = made.close(), spilled.close()
    for number, uri in enumerate([*(file.uri for file in month.files), ""]):
        for each in np.unique(source[conflict & (file_of == number)]):
            rows = conflict & (file_of == number) & (source == each)
            settled.conflicts.append((uri, int(each), together.take(rows)))
    return settled


def _without_those_gone(month: Month, rank: np.ndarray, folder: str) -> Settled:
    """Settles files without duplicates."""
    made = MonthFiles(folder)
    for file in month.files:
        _copy(file, np.array([], np.int64), rank, made)
    return Settled(month.name, [file.uri for file in month.files], made.close())


def _copy(file: Written, gone: np.ndarray, rank: np.ndarray, made: MonthFiles) -> None:
    """Copies the file's rows, except these and those of deleted sources."""
    beaten = np.zeros(file.rows, bool)
    beaten[gone] = True
    at = 0
    for readings, sources in _read(file):
        keep = (rank[sources] >= 0) & ~beaten[at : at + len(readings)]
        _add(made, readings.take(keep), sources[keep])
        at += len(readings)


def _add(files: MonthFiles, readings: Readings, sources: np.ndarray) -> None:
    for number in np.unique(sources):
        files.add(readings.take(sources == number), int(number))


def _read(file: Written) -> Iterator[tuple[Readings, np.ndarray]]:
    """Yields the readings of a file of months.py with their sources, one row group at a time."""
    numbers, rows = zip(*file.origins, strict=True)
    sources, at = np.repeat(np.array(numbers, np.int64), rows), 0
    with stores.open_random(file.uri) as opened:
        parquet = pq.ParquetFile(opened, read_dictionary=_TEXTS)
        for group in range(parquet.num_row_groups):
            readings = _readings(parquet.read_row_group(group, use_threads=False))
            yield readings, sources[at : at + len(readings)]
            at += len(readings)


def _readings(table: pa.Table) -> Readings:
    def codes(name: str, dtype) -> np.ndarray:
        rule = getattr(rules, name)
        column = table.column(name).unify_dictionaries()
        return np.concatenate(
            [
                np.array([rule(text.encode()) for text in chunk.dictionary.to_pylist()], dtype)[
                    chunk.indices.to_numpy()
                ]
                for chunk in column.chunks
            ]
        )

    time = table.column("time").cast(pa.int64()).to_numpy()
    return Readings(
        household=codes("household", np.int32),
        tariff=codes("tariff", np.int8),
        time=time,
        kwh=table.column("kwh").to_numpy(),
        acorn=codes("acorn", np.int8),
        acorn_group=codes("acorn_group", np.int8),
        month=months_of(time),
    )
