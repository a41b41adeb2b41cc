"""What a Spark task does with a lake file: readings → counts, load profiles and half hours of households."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..common import stores
from ..common.calendar import seasons_of, weekdays_of
from ..common.schema import ACORN_GROUPS, TARIFFS
from ..common.stamps import HALF_HOURS, Stamps
from .sampling import place

NO_ROW, NO_VALUE = -1, -2  # in a cell that would hold millionths of a kWh
NEVER = np.iinfo(np.int64).max

# The sums of a load profile, by London's clock: the half hours of a day, weekends, and the seasons, of which
# winter is December to February.
WEEKEND, SEASONS, SUMS = HALF_HOURS, HALF_HOURS + 1, HALF_HOURS + 5

_NAMES = ["household", "tariff", "acorn_group"]
_DAY, _HALF_HOUR = 86_400, 1_800  # seconds


@dataclass(frozen=True)
class Piece:
    """A month of a file. Arrays have an item for each household; `profile` is households × SUMS × (millionths
    of a kWh, readings); times are in seconds since 1970, days since then.
    """

    households: list[str]
    group: np.ndarray  # place in ACORN_GROUPS, -1 where it is none of them
    tariff: np.ndarray  # place in TARIFFS
    rows: np.ndarray
    values: np.ndarray  # rows with a value
    first: np.ndarray  # time of the first row with a value, NEVER if there is none
    last: np.ndarray  # of the last, -NEVER if there is none
    profile: np.ndarray
    first_day: int
    days: int
    kept: np.ndarray  # places of the households whose half hours are in `cells`
    cells: bytes  # kept households × days × HALF_HOURS, int32, compressed

    def half_hours(self) -> np.ndarray:
        """The cells as an array: millionths of a kWh, NO_ROW or NO_VALUE."""
        shape = (len(self.kept), self.days, HALF_HOURS)
        if not len(self.kept):
            return np.empty(shape, np.int32)
        size = 4 * shape[0] * shape[1] * shape[2]
        return np.frombuffer(pa.decompress(self.cells, size, "zstd"), np.int32).reshape(shape)


def rows_of(uri: str) -> int:
    """How many rows a Parquet file has, by its footer."""
    with stores.open_random(uri) as source:
        return pq.read_metadata(source).num_rows


def read(uri: str, share: float, stamps: Stamps) -> Iterator[Piece]:
    """The pieces of a file, with the half hours of those households whose sampling.place is below `share`.

    A reading that is not of a whole half hour is counted and otherwise left alone.
    """
    with stores.open_random(uri) as source:
        file = pq.ParquetFile(source, read_dictionary=_NAMES)
        for number in range(file.num_row_groups):
            table = file.read_row_group(number, columns=[*_NAMES, "time", "kwh"])
            yield from _pieces(table, share, stamps)


def _pieces(table: pa.Table, share: float, stamps: Stamps) -> Iterator[Piece]:
    columns = {name: table[name].unify_dictionaries().combine_chunks() for name in _NAMES}
    time = table["time"].cast(pa.timestamp("s", "UTC"), safe=False).cast(pa.int64()).to_numpy()
    kwh = table["kwh"].to_numpy()
    if len(time) == 0:
        return
    if _month(time.min()) == _month(time.max()):
        yield _piece(columns, time, kwh, share, stamps)
        return
    month = (time // _DAY).astype("M8[D]").astype("M8[M]")
    for each in np.unique(month):
        here = np.flatnonzero(month == each)
        some = {name: column.take(pa.array(here)) for name, column in columns.items()}
        yield _piece(some, time[here], kwh[here], share, stamps)


def _piece(
    columns: dict[str, pa.DictionaryArray], time: np.ndarray, kwh: np.ndarray, share: float, stamps: Stamps
) -> Piece:
    """Of rows of one month."""
    names = columns["household"].dictionary.to_pylist()
    home = columns["household"].indices.to_numpy()
    rows = np.bincount(home, minlength=len(names))
    present = np.flatnonzero(rows)
    households, rows = [names[n] for n in present], rows[present]
    last_row = np.zeros(len(names), np.int64)
    last_row[home] = np.arange(len(home))
    if len(present) < len(names):
        home = np.cumsum(np.bincount(present, minlength=len(names)))[home] - 1

    month = _month(time.min())
    first_day, end = (int((month + n).astype("M8[D]").astype(np.int64)) for n in (0, 1))
    half_hour = time // _HALF_HOUR
    at = home.astype(np.int64) * ((end - first_day) * HALF_HOURS) + (half_hour - first_day * HALF_HOURS)
    unread = np.flatnonzero(np.isnan(kwh))
    micros = np.rint(kwh * 1e6)
    micros[unread] = NO_VALUE
    whole = half_hour * _HALF_HOUR == time
    if not whole.all():
        at, micros = at[whole], micros[whole]
    cells = np.full((len(present), end - first_day, HALF_HOURS), NO_ROW, np.int32)
    cells.reshape(-1)[at] = micros
    first, last = _reach(cells, first_day)
    kept = np.array([n for n, name in enumerate(households) if place(name) < share], np.int64)
    return Piece(
        households=households,
        group=_known(columns["acorn_group"], ACORN_GROUPS, last_row[present]),
        tariff=_known(columns["tariff"], TARIFFS, last_row[present]),
        rows=rows,
        values=rows - np.bincount(home[unread], minlength=len(present)),
        first=first,
        last=last,
        profile=_profile(cells, first_day, stamps),
        first_day=first_day,
        days=end - first_day,
        kept=kept,
        cells=pa.compress(cells[kept].tobytes(), "zstd", asbytes=True),
    )


def _month(seconds: int) -> np.datetime64:
    return np.datetime64(int(seconds), "s").astype("M8[M]")


def _reach(cells: np.ndarray, first_day: int) -> tuple[np.ndarray, np.ndarray]:
    """When the first and the last half hour with a value begin."""
    read = (cells >= 0).reshape(len(cells), -1)
    any_read, start = read.any(1), first_day * _DAY
    first = start + read.argmax(1) * _HALF_HOUR
    last = start + (read.shape[1] - 1 - read[:, ::-1].argmax(1)) * _HALF_HOUR
    return np.where(any_read, first, NEVER), np.where(any_read, last, -NEVER)


def _profile(cells: np.ndarray, first_day: int, stamps: Stamps) -> np.ndarray:
    slots = cells.shape[1] * HALF_HOURS
    local = stamps.local_starts(np.arange(slots) + first_day * HALF_HOURS)
    day, half_hour = np.divmod(local, HALF_HOURS)
    weekend = weekdays_of(day) >= 5
    # Half hours that count in the same three sums, which are few kinds, are added up first.
    kinds = np.stack([half_hour, np.where(weekend, WEEKEND, -1), SEASONS + seasons_of(day)])
    order = np.lexsort(kinds)
    kinds = kinds[:, order]
    starts = np.flatnonzero(np.r_[True, (kinds[:, 1:] != kinds[:, :-1]).any(axis=0)])
    counted = (kinds[:, starts, None] == np.arange(SUMS)).any(axis=0).astype(np.int64)
    flat = cells.reshape(len(cells), slots)[:, order]
    read = flat >= 0
    sums = [
        np.add.reduceat(values, starts, axis=1, dtype=np.int64) @ counted
        for values in (np.where(read, flat, 0), read)
    ]
    return np.stack(sums, axis=2)


def _known(column: pa.DictionaryArray, values: list[str], rows: np.ndarray) -> np.ndarray:
    """The place in `values` of the text of these rows, -1 where it is none of them."""
    texts = column.take(pa.array(rows)).to_pylist()
    return np.array([values.index(text) if text in values else -1 for text in texts], np.int8)
