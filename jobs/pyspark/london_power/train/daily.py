"""Forecasts of a day's use for an Acorn group, and for all homes: what the forecasts of their half hours add
up to.
"""

import numpy as np

from ..common.answers import ALL_HOMES
from ..common.schema import ACORN_GROUPS
from .features import Rows
from .panel import Panel
from .scan import HALF_HOURS

_WHOLE = 0.8  # of the most half hours that a group has on any day: a day with fewer is of other homes


class DailyTally:
    """Sums by Acorn group and London's day, of what was read and of one or several columns of predictions."""

    def __init__(self, panel: Panel, names: list[str]):
        self._panel, self._names = panel, names
        self._seen = np.zeros(len(panel.households), bool)
        # Half hours, kWh, and each column's kWh; a day more at either end, as London's is not the stored one.
        self._sums = np.zeros((2 + len(names), len(ACORN_GROUPS), panel.days + 2))

    def add(self, rows: Rows, predictions: dict[str, np.ndarray]) -> None:
        panel = self._panel
        self._seen[rows.home] = True
        starts = panel.stamps.local_starts(rows.slot.astype(np.int64) + panel.first_day * HALF_HOURS)
        day = starts // HALF_HOURS - panel.first_day + 1
        place = panel.group[rows.home].astype(np.int64) * (panel.days + 2) + day
        columns = [None, rows.kwh, *(predictions[name] for name in self._names)]
        for sums, values in zip(self._sums, columns, strict=True):
            sums += np.bincount(place, values, sums.size).reshape(sums.shape)

    def scores(self, naive: dict[str, float]) -> dict[str, dict]:
        """For all homes and each group: households, days, and for each column the mean absolute error (`mae`,
        kWh a household and day), the mean of its share in the day's use (`mape`, per cent; None where nothing
        was used on some day) and `mase`, the MAE divided by that in `naive` (None where that is 0 or
        missing).
        """
        found = {}
        for group, homes, sums in self._parts():
            read, *predicted = self._by_day(sums)
            found[group] = {
                "households": homes,
                "days": len(read),
                "scores": {
                    name: self._score(read, of_name, naive.get(group, 0.0))
                    for name, of_name in zip(self._names, predicted, strict=True)
                },
            }
        return found

    def errors(self) -> dict[str, float]:
        """The MAE of the first column for all homes and each group, kWh a household and day."""
        days = {group: self._by_day(sums) for group, _, sums in self._parts()}
        return {group: float(np.abs(read - first).mean()) for group, (read, first, *_) in days.items()}

    def _parts(self) -> list[tuple[str, int, np.ndarray]]:
        of_group = self._panel.group
        parts = [(ALL_HOMES, int(self._seen.sum()), self._sums.sum(1))]
        for n, group in enumerate(ACORN_GROUPS):
            if homes := int((self._seen & (of_group == n)).sum()):
                parts.append((group, homes, self._sums[:, n]))
        return parts

    @staticmethod
    def _by_day(sums: np.ndarray) -> np.ndarray:
        """What was read and each column, kWh a household and day, of the days with nearly all homes."""
        half_hours, kwh = sums[0], sums[1:]
        whole = half_hours >= _WHOLE * half_hours.max()
        return HALF_HOURS * kwh[:, whole] / half_hours[whole]

    @staticmethod
    def _score(read: np.ndarray, predicted: np.ndarray, naive: float) -> dict[str, float | None]:
        off = np.abs(predicted - read)
        return {
            "mae": round(float(off.mean()), 6),
            "mape": round(100 * float((off / read).mean()), 6) if read.all() else None,
            "mase": round(float(off.mean()) / naive, 6) if naive > 1e-6 else None,
        }
