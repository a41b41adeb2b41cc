"""Writes readings as Parquet, one file per month."""

import uuid
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..common import stores
from ..common.schema import ACORN_GROUPS, TARIFFS
from .readings import Readings, concat
from .rules import ACORNS

ROW_GROUP = 1 << 18
NAMES = {"tariff": TARIFFS, "acorn": ACORNS, "acorn_group": ACORN_GROUPS}
_MANY = 16  # pieces of fewer rows than this on average are sorted before they are cut

_TEXT = pa.dictionary(pa.int32(), pa.string())
_SCHEMA = pa.schema(
    [
        ("household", _TEXT),
        ("tariff", _TEXT),
        ("time", pa.timestamp("us", tz="UTC")),
        ("kwh", pa.float64()),
        ("acorn", _TEXT),
        ("acorn_group", _TEXT),
    ]
)
# Times rise by the same step, which this encoding stores in almost no space and time.
_OPTIONS = {
    "compression": "zstd",
    "use_dictionary": ["household", "tariff", "kwh", "acorn", "acorn_group"],
    "column_encoding": {"time": "DELTA_BINARY_PACKED"},
    "write_statistics": ["household", "time"],  # what readers prune by; for the others they only cost time
    "store_schema": False,
}


@dataclass(frozen=True)
class Written:
    """A finished file and its content. `month` is a text such as '2013-01', `size` is in bytes, `nulls` the
    number of rows without kWh, `origins` has the number of rows of each source, in the order of the rows.
    """

    uri: str
    month: str
    rows: int
    size: int
    nulls: int
    origins: tuple[tuple[int, int], ...]


class MonthFiles:
    """The files in `folder`, which no reader looks into; each attempt at a task uses its own names."""

    def __init__(self, folder: str):
        self._folder = folder
        self._attempt = uuid.uuid4().hex
        self._waiting: dict[int, list[Readings]] = {}
        self._open: dict[int, tuple[pa.NativeFile, pq.ParquetWriter]] = {}
        self._nulls: Counter = Counter()
        self._origins: dict[int, list[tuple[int, int]]] = {}

    def add(self, readings: Readings, source: int) -> None:
        for month, part in _by_month(readings):
            self._nulls[month] += int(np.count_nonzero(np.isnan(part.kwh)))
            origins = self._origins.setdefault(month, [])
            rows = origins.pop()[1] if origins and origins[-1][0] == source else 0
            origins.append((source, rows + len(part)))
            waiting = self._waiting.setdefault(month, [])
            waiting.append(part)
            if sum(map(len, waiting)) >= ROW_GROUP:
                self._flush(month)

    def close(self) -> list[Written]:
        """Finishes the files and reads their content from their footers."""
        for month in self._waiting:
            self._flush(month)
        written = []
        for month, (file, writer) in sorted(self._open.items()):
            writer.close()
            file.close()
            uri = self._uri(month)
            with stores.open_random(uri) as made:
                rows, size = pq.read_metadata(made).num_rows, made.size()
            origins = tuple(self._origins[month])
            written.append(Written(uri, name(month), rows, size, self._nulls[month], origins))
        return written

    def _flush(self, month: int) -> None:
        parts, self._waiting[month] = self._waiting[month], []
        if not parts:
            return
        if month not in self._open:
            file = stores.open_output(self._uri(month))
            self._open[month] = file, pq.ParquetWriter(file, _SCHEMA, **_OPTIONS)
        self._open[month][1].write_table(table(concat(parts)))

    def _uri(self, month: int) -> str:
        return f"{self._folder}/{name(month)}-{self._attempt}.parquet"


def name(month: int) -> str:
    """516 → '2013-01'."""
    return f"{1970 + month // 12}-{month % 12 + 1:02d}"


def table(readings: Readings) -> pa.Table:
    homes, places = _compact(readings.household)
    texts = {
        "household": pa.DictionaryArray.from_arrays(
            places, pa.array([f"MAC{n:06d}" for n in homes], pa.string())
        )
    }
    for column, names in NAMES.items():
        places = getattr(readings, column).astype(np.int32)
        texts[column] = pa.DictionaryArray.from_arrays(places, pa.array(names, pa.string()))
    plain = {
        "time": pa.array(readings.time).cast(_SCHEMA.field("time").type),
        "kwh": pa.array(readings.kwh, from_pandas=True),  # NaN becomes null
    }
    return pa.table({**texts, **plain}).select(_SCHEMA.names).cast(_SCHEMA)


def _compact(household: np.ndarray) -> tuple[list[int], np.ndarray]:
    """Returns the distinct numbers, and for each row the index of its number."""
    place = np.full(1_000_000, -1, np.int32)
    place[household] = 0
    homes = np.flatnonzero(place == 0)
    place[homes] = np.arange(len(homes), dtype=np.int32)
    return homes.tolist(), place[household]


def _by_month(readings: Readings) -> list[tuple[int, Readings]]:
    edges = _edges(readings.month)
    if len(edges) * _MANY > len(readings):
        readings = readings.take(np.argsort(readings.month, kind="stable"))
        edges = _edges(readings.month)
    pieces: dict[int, list[Readings]] = {}
    for start, end in pairwise(edges):
        pieces.setdefault(int(readings.month[start]), []).append(readings.take(slice(start, end)))
    # Copied even if it is one piece: a slice would keep its whole block in memory.
    return [(month, concat([*parts, parts[0].take(slice(0, 0))])) for month, parts in pieces.items()]


def _edges(month: np.ndarray) -> list[int]:
    if len(month) == 0:
        return [0]
    return [0, *(np.flatnonzero(month[1:] != month[:-1]) + 1).tolist(), len(month)]
