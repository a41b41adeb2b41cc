"""Compares once more the rows that may repeat somewhere else (see ranges.py), month by month."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..common import stores
from ..common.schema import CSV_COLUMNS
from . import lines, ranges, rules
from .blocks import blocks
from .months import NAMES, MonthFiles, Written
from .parse import parse
from .quarantine import Quarantine
from .readings import VALUES, Readings, concat
from .repeats import settle
from .splits import Split
from .times import months_of

_TEXTS = [name for name in CSV_COLUMNS if name not in ("time", "kwh")]


@dataclass
class Settled:
    """`replaced` files give way to `files`; `conflicts` has for each file the readings that lost."""

    replaced: list[str] = field(default_factory=list)
    files: list[Written] = field(default_factory=list)
    duplicates: int = 0
    nulls: int = 0
    conflicts: dict[str, Readings] = field(default_factory=dict)


def settle_month(files: list[Written], windows: ranges.Ranges, folder: str) -> Settled:
    """Takes duplicates and conflicts out of one month's files; writes those anew, as one, that lose a row.

    Of rows outside the windows it keeps nothing in memory; of those inside about 100 bytes each.
    """
    suspects, origins = [], []
    for number, file in enumerate(files):
        at = 0
        for readings in _read(file.uri):
            inside = np.flatnonzero(ranges.within(windows, readings.household, readings.time))
            suspects.append(readings.take(inside))
            origins.append(np.stack([np.full(len(inside), number), inside + at]))
            at += len(readings)
    together, (file_of, row_of) = concat(suspects), np.concatenate(origins, axis=1)
    duplicate, conflict = settle(together, NAMES)
    lost = duplicate | conflict
    settled = Settled(duplicates=int(duplicate.sum()), nulls=int(np.isnan(together.kwh[lost]).sum()))
    made = MonthFiles(folder)
    for number in np.unique(file_of[lost]):
        uri = files[number].uri
        settled.replaced.append(uri)
        gone = np.zeros(files[number].rows, bool)
        gone[row_of[lost & (file_of == number)]] = True
        if (beaten := conflict & (file_of == number)).any():
            settled.conflicts[uri] = together.take(beaten)
        at = 0
        for readings in _read(uri):
            made.add(readings.take(~gone[at : at + len(readings)]))
            at += len(readings)
    settled.files = made.close()
    return settled


def find_rows(splits: list[Split], wanted: Readings, folder: str) -> str | None:
    """Puts the text of each wanted reading into a file for the quarantine, as a conflict; returns its URI."""
    missing = {key: True for key in _keys(wanted)}
    quarantine = Quarantine(folder)
    for number, split in enumerate(splits):
        line = 0
        for block in blocks(split):
            parsed = parse(block)
            homes, times = parsed.readings.household, parsed.readings.time
            rows = np.flatnonzero(np.isin(homes, wanted.household) & np.isin(times, wanted.time))
            hits = [
                at
                for at, key in zip(rows, _keys(parsed.readings.take(rows)), strict=True)
                if missing.pop(key, False)
            ]
            if hits:
                plain, delimiter = lines.unquoted(block)
                whole = lines.rows(plain, delimiter)[0]
                good = whole[~np.isin(whole, [at for _, at, _ in parsed.bad])][hits]
                for at, row in zip(good.tolist(), lines.texts(plain, good, delimiter), strict=True):
                    quarantine.add("conflict", stores.spelled(split.uri), number, line + at, row)
            line += parsed.lines
    if missing:
        raise RuntimeError(
            f"{len(missing)} rows that were read before are gone: did the input change meanwhile?"
        )
    return quarantine.close()


def _keys(readings: Readings) -> list[tuple]:
    kwh = np.where(np.isnan(readings.kwh), -1, readings.kwh)
    columns = [readings.household, readings.time, kwh, *(getattr(readings, n) for n in VALUES if n != "kwh")]
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _read(uri: str) -> Iterator[Readings]:
    """The readings of a file that months.py wrote, a row group at a time."""
    with stores.open_random(uri) as file:
        parquet = pq.ParquetFile(file, read_dictionary=_TEXTS)
        for group in range(parquet.num_row_groups):
            yield _readings(parquet.read_row_group(group, use_threads=False))


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
