"""Predictions of half hours that are still to come: a day after another, each from those before it."""

from dataclasses import replace

import numpy as np

from . import features, regressors
from .features import Rows
from .panel import Panel
from .saved import Saved
from .scan import HALF_HOURS, NO_ROW, NO_VALUE

_MOST = np.iinfo(np.int32).max  # millionths of a kWh in a cell


def days_to_come(model: Saved, panel: Panel, days: int) -> tuple[Rows, np.ndarray, np.ndarray]:
    """The rows of so many days after each household's last reading, by household and time; their predictions,
    kWh; and which of them come from readings alone. The others take predictions for readings of the days
    before.

    A half hour is left out where it, or one that it would come from, lacks a reading of a week before.
    """
    ahead = _with_days_to_come(panel, days)
    cells = ahead.cells.reshape(len(ahead.households), -1)
    last = _last_reading(cells)
    parts = []
    for day in range(days):
        rows = features.build(ahead, slice(0, len(cells)), model.days_ahead, unread=True)
        after = rows.slot - last[rows.home] - 1 - day * HALF_HOURS
        rows = rows.where((last[rows.home] >= 0) & (after >= 0) & (after < HALF_HOURS))
        predicted = regressors.predict(model.model, rows.features)
        cells[rows.home, rows.slot] = np.minimum(np.rint(predicted * 1e6), _MOST)
        parts.append((rows, predicted, np.full(len(predicted), day < model.days_ahead)))
    return _in_order(parts)


def _with_days_to_come(panel: Panel, days: int) -> Panel:
    """A copy in which rows without a value follow each household's last reading."""
    more = np.full((len(panel.households), days, HALF_HOURS), NO_ROW, np.int32)
    cells = np.concatenate([panel.cells, more], axis=1)
    flat = cells.reshape(len(cells), -1)
    after = np.arange(flat.shape[1]) - _last_reading(flat)[:, None]
    flat[(after > 0) & (after <= days * HALF_HOURS)] = NO_VALUE
    return replace(panel, cells=cells)


def _last_reading(cells: np.ndarray) -> np.ndarray:
    """The slot of each household's, -1 where it has none."""
    read = cells >= 0
    return np.where(read.any(1), cells.shape[1] - 1 - read[:, ::-1].argmax(1), -1)


def _in_order(parts: list[tuple[Rows, np.ndarray, np.ndarray]]) -> tuple[Rows, np.ndarray, np.ndarray]:
    """All parts by household and time."""
    of_rows, predicted, from_readings = zip(*parts, strict=True)
    names = ("features", "kwh", "home", "slot")
    rows = Rows(*(np.concatenate([getattr(each, name) for each in of_rows]) for name in names))
    order = np.lexsort([rows.slot, rows.home])
    return rows.where(order), np.concatenate(predicted)[order], np.concatenate(from_readings)[order]
