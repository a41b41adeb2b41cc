"""The schedule of the time-of-use prices: which part of an event each half hour is.

An event is a stretch of half hours with a high or a low price. Each half hour of the schedule is in one cell:

    during     of an event; step 0 to 5 from its start, 6 for all later ones
    before     the six half hours before an event, step -6 to -1, at the normal price
    after      the six after it, step 0 to 5, at the normal price
    placebo    at the normal price, a week after an event, where none of the above holds
    usual      all others at the normal price

A half hour beside two events is of the high one.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa

from ..common.errors import JobError
from ..common.lake import Lake
from ..common.stamps import HALF_HOURS

HEADER = ["TariffDateTime", "Tariff"]
# p/kWh. Source: London Datastore, "SmartMeter Energy Consumption Data in
# London Households".
PENCE = {"High": 67.20, "Normal": 11.76, "Low": 3.99}

_WINDOW = 6  # half hours before, during and after an event that are told apart
_WEEK = 7 * HALF_HOURS
# (price, part, step)
CELLS = [
    ("Normal", "usual", None),
    *(
        cell
        for band in ("Low", "High")
        for cell in [
            *((band, "before", step) for step in range(-_WINDOW, 0)),
            *((band, "during", step) for step in range(_WINDOW + 1)),
            *((band, "after", step) for step in range(_WINDOW)),
            (band, "placebo", None),
        ]
    ),
]
NONE = -1  # of a half hour without a price
_AT = {cell: at for at, cell in enumerate(CELLS)}
_USUAL = _AT["Normal", "usual", None]


@dataclass(frozen=True)
class Schedule:
    """The place in CELLS of each half hour from `first` on (half hours since 1970, by the readings' clock, at
    their start); NONE where there is no price.
    """

    first: int
    cells: np.ndarray

    def cells_of(self, starts: np.ndarray) -> np.ndarray:
        """Half hours since 1970 → places in CELLS, or NONE."""
        at = starts - self.first
        inside = (at >= 0) & (at < len(self.cells))
        return np.where(inside, self.cells[np.where(inside, at, 0)], NONE)

    def steps(self) -> pa.Table:
        """What each cell is: cell, price, part, step, pence, half_hours (in the schedule)."""
        counts = np.bincount(self.cells[self.cells != NONE], minlength=len(CELLS))
        bands, parts, steps = zip(*CELLS, strict=True)
        # Around an event the price is the normal one.
        pence = [PENCE[band] if part == "during" else PENCE["Normal"] for band, part, _ in CELLS]
        return pa.table(
            {
                "cell": pa.array(range(len(CELLS)), pa.int64()),
                **{"price": pa.array(bands), "part": pa.array(parts), "step": pa.array(steps, pa.int64())},
                "pence": pa.array(pence, pa.float64()),
                "half_hours": pa.array(counts, pa.int64()),
            }
        )


NO_SCHEDULE = Schedule(0, np.full(1, NONE, np.int8))


def read_schedule(lake: Lake, uri: str | None) -> Schedule:
    """Raises JobError for a file that is missing, and for a row that is no price of a half hour."""
    if uri is None:
        return NO_SCHEDULE
    content = lake.files.read(uri)
    if content is None:
        raise JobError(f"there is no file --prices {uri}")
    return schedule_of(content.decode("utf-8-sig", errors="replace"), uri)


def schedule_of(text: str, uri: str) -> Schedule:
    """Raises JobError with the line that is wrong."""
    header, *lines = text.splitlines() or [""]
    if [name.strip() for name in header.split(",")] != HEADER:
        raise JobError(f"{uri} has another header: expected {','.join(HEADER)}; found {header.strip()[:200]}")
    prices: dict[int, str] = {}
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        start, price = _row(line, f"{uri}, line {number}")
        if start in prices:
            raise JobError(f"{uri}, line {number}: {line.strip()[:80]} repeats a half hour: leave one price")
        prices[start] = price
    if not prices:
        raise JobError(f"{uri} has no price below its header")
    first = min(prices)
    bands = np.full(max(prices) - first + 1, "", "<U6")
    bands[np.array(list(prices)) - first] = list(prices.values())
    return Schedule(first, cells_of_bands(bands))


def cells_of_bands(bands: np.ndarray) -> np.ndarray:
    """The price of each half hour, "" where there is none → its place in CELLS."""
    cells = np.where(bands == "", NONE, _USUAL).astype(np.int8)
    normal = bands == "Normal"
    for band in ("Low", "High"):
        for start, end in _events(bands, band):
            _mark(cells, normal, start - _WINDOW, [_AT[band, "before", n] for n in range(-_WINDOW, 0)])
            _mark(cells, normal, end, [_AT[band, "after", n] for n in range(_WINDOW)])
            steps = np.minimum(np.arange(end - start), _WINDOW)
            cells[start:end] = _AT[band, "during", 0] + steps
    usual = cells == _USUAL
    for band in ("Low", "High"):
        for start, end in _events(bands, band):
            _mark(cells, usual, start + _WEEK, [_AT[band, "placebo", None]] * (end - start))
    return cells


def _events(bands: np.ndarray, band: str) -> list[tuple[int, int]]:
    """The first half hour of each event, and the one after its last."""
    inside = np.concatenate([[False], bands == band, [False]])
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _mark(cells: np.ndarray, where: np.ndarray, first: int, values: list[int]) -> None:
    for at, value in enumerate(values, first):
        if 0 <= at < len(cells) and where[at]:
            cells[at] = value


def _row(line: str, place: str) -> tuple[int, str]:
    time, _, price = (part.strip() for part in line.partition(","))
    try:
        seconds = (datetime.fromisoformat(time) - datetime(1970, 1, 1)).total_seconds()
    except (ValueError, TypeError):
        raise JobError(f"{place}: {time[:80]!r} is no time such as 2013-01-01 00:30") from None
    if seconds % 1800:
        raise JobError(f"{place}: {time} is not the start of a half hour")
    if price not in PENCE:
        raise JobError(f"{place}: {price[:80]!r} is none of {', '.join(PENCE)}")
    return int(seconds // 1800), price
