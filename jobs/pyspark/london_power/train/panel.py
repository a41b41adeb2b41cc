"""Readings as a solid: households × days × half hours."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..common.prices import NO_PRICES, Prices
from ..common.stamps import Stamps
from .scan import HALF_HOURS, NO_ROW, Piece


@dataclass(frozen=True)
class Panel:
    """`cells` holds millionths of a kWh as int32, NO_VALUE where a row has none, NO_ROW where there is no
    row: 4 bytes a half hour; `first_day` since 1970. Days and half hours are those of the times as they are
    stored, and `stamps` says what these mean; `prices` are those of the homes on the time-of-use tariff.
    """

    households: list[str]
    group: np.ndarray  # place in ACORN_GROUPS
    tariff: np.ndarray  # place in TARIFFS
    first_day: int
    cells: np.ndarray
    stamps: Stamps
    prices: Prices = NO_PRICES

    @cached_property
    def days(self) -> int:
        return self.cells.shape[1]

    def kwh(self, homes: slice) -> np.ndarray:
        """kWh, NaN where none was read; the same float64 that the published text stands for."""
        cells = self.cells[homes]
        return np.where(cells >= 0, cells, np.nan) / 1e6

    def of(self, homes: np.ndarray) -> "Panel":
        """That of some households, by their places."""
        households = [self.households[n] for n in homes]
        return Panel(
            households,
            self.group[homes],
            self.tariff[homes],
            self.first_day,
            self.cells[homes],
            self.stamps,
            self.prices,
        )


def assemble(
    pieces: list[Piece],
    households: list[str],
    group: np.ndarray,
    tariff: np.ndarray,
    stamps: Stamps,
    prices: Prices,
) -> Panel:
    """The half hours of these households, of all months."""
    place = {name: n for n, name in enumerate(households)}
    first = min(piece.first_day for piece in pieces)
    end = max(piece.first_day + piece.days for piece in pieces)
    cells = np.full((len(households), end - first, HALF_HOURS), NO_ROW, np.int32)
    for piece in pieces:
        wanted = [place.get(piece.households[n], -1) for n in piece.kept]
        here = [n for n, at in enumerate(wanted) if at >= 0]
        if not here:
            continue
        at = np.array([wanted[n] for n in here])
        days = slice(piece.first_day - first, piece.first_day - first + piece.days)
        there, new = cells[at, days], piece.half_hours()[here]
        cells[at, days] = np.where(new == NO_ROW, there, new)
    return Panel(households, group, tariff, first, cells, stamps, prices)
