"""The rows of a panel, some households at a time, so that not all their features are in memory at once."""

import os
from collections.abc import Iterator
from functools import cached_property

import numpy as np

# Threads that wait for work by spinning take the cores from those that have some.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
import xgboost

from . import features
from .features import NAMES, Rows
from .panel import Panel
from .scan import HALF_HOURS

_CELLS_AT_ONCE = 1 << 20
_KEPT_BYTES = 256 << 20  # features of less than this are made once and kept


class Source:
    """Rows of a panel from a day on and before another, both counted from the panel's first; None stands for
    no bound.
    """

    def __init__(self, panel: Panel, days_ahead: int, start: int | None = None, end: int | None = None):
        self.panel = panel
        self.days_ahead = days_ahead
        self._start = (start or 0) * HALF_HOURS
        self._end = panel.days * HALF_HOURS if end is None else end * HALF_HOURS
        self._kept: list[Rows] | None = None

    def between(self, start: int | None, end: int | None) -> "Source":
        """The rows of a part of the time; what is kept is shared."""
        part = Source(self.panel, self.days_ahead, start, end)
        part._kept = self._all() if self._fits() else None
        return part

    def blocks(self) -> Iterator[Rows]:
        for rows in self._all() if self._fits() else self._made():
            inside = (rows.slot >= self._start) & (rows.slot < self._end)
            yield rows if inside.all() else rows.where(inside)

    def _fits(self) -> bool:
        return self._kept is not None or self.panel.cells.size * len(NAMES) * 4 < _KEPT_BYTES

    def _all(self) -> list[Rows]:
        if self._kept is None:
            self._kept = list(self._made())
        return self._kept

    def _made(self) -> Iterator[Rows]:
        homes = len(self.panel.households)
        step = max(1, _CELLS_AT_ONCE // (self.panel.days * HALF_HOURS))
        for first in range(0, homes, step):
            yield features.build(self.panel, slice(first, min(first + step, homes)), self.days_ahead)

    @cached_property
    def facts(self) -> tuple[int, float, float]:
        """Rows, mean kWh, and the mean absolute error of the same half hour of last week."""
        rows, total, off = 0, 0.0, 0.0
        for block in self.blocks():
            rows += len(block.kwh)
            total += float(block.kwh.sum())
            off += float(np.abs(block.kwh - block.column("lag_week")).sum())
        return rows, total / max(rows, 1), off / max(rows, 1)

    @cached_property
    def matrix(self) -> xgboost.QuantileDMatrix:
        """The rows in XGBoost's bins, a byte or two for each feature."""
        return xgboost.QuantileDMatrix(_Batches(self))

    def matrix_like(self, other: "Source") -> xgboost.QuantileDMatrix:
        """The same in the bins of other rows."""
        return xgboost.QuantileDMatrix(_Batches(self), ref=other.matrix)


class _Batches(xgboost.DataIter):
    def __init__(self, source: Source):
        super().__init__()
        self._source = source
        self._blocks = source.blocks()

    def next(self, input_data) -> bool:
        for rows in self._blocks:
            if len(rows.kwh):
                input_data(data=rows.features, label=rows.kwh)
                return True
        return False

    def reset(self) -> None:
        self._blocks = self._source.blocks()
