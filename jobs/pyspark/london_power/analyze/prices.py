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

import numpy as np
import pyarrow as pa

from ..common.prices import NO_PRICES, PENCE, Prices
from ..common.stamps import HALF_HOURS

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


def schedule_of(prices: Prices) -> Schedule:
    return Schedule(prices.first, cells_of_bands(prices.bands))


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


NO_SCHEDULE = schedule_of(NO_PRICES)
