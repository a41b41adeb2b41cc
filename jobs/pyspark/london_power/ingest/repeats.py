"""Finds duplicates: first those next to each other, then all others in a second comparison."""

import numpy as np

from .readings import Readings, concat, equal


def drop_adjacent(readings: Readings, before: Readings | None) -> Readings:
    """Drops rows that are equal to the row above them; `before` is the row above the first."""
    if before is not None:
        readings = concat([before, readings])
    household, time = readings.household, readings.time
    again = np.flatnonzero((time[1:] == time[:-1]) & (household[1:] == household[:-1])) + 1
    again = again[equal(readings, again - 1, again)]
    first = 0 if before is None else 1
    if len(again) == 0:
        return readings.take(slice(first, None))
    keep = np.ones(len(readings), bool)
    keep[again] = False
    keep[:first] = False
    return readings.take(keep)


def settle(
    readings: Readings, names: dict[str, list[str]], rank: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Returns masks of the rows that are duplicates and of the rows that are conflicts.

    A row with the same six values as another is a duplicate. If rows give a household different values for
    one time, one row is stored: a reading before a missing one, then the lowest kWh, then by the names in
    `names` of tariff, acorn and acorn_group. Nobody can know which row is right; the lowest claims the least,
    and the choice is the same in every run. The other rows are conflicts. Of equal rows, the one with the
    lowest rank counts, and the others are its duplicates.
    """
    missing = np.isnan(readings.kwh)
    order = np.lexsort(
        (
            rank,
            *(_by_name(getattr(readings, name), names[name]) for name in ("acorn_group", "acorn", "tariff")),
            np.where(missing, 0, readings.kwh),
            missing,
            readings.time,
            readings.household,
        )
    )
    household, time = readings.household[order], readings.time[order]
    follows = (household[1:] == household[:-1]) & (time[1:] == time[:-1])
    same = follows & equal(readings, order[:-1], order[1:])
    duplicate, conflict = np.zeros((2, len(readings)), bool)
    duplicate[order[1:]] = same
    conflict[order[1:]] = follows & ~same
    return duplicate, conflict


def _by_name(places: np.ndarray, names: list[str]) -> np.ndarray:
    return np.argsort(np.argsort(names))[places]
