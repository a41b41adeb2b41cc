"""Finds the households and times whose rows must be compared again.

The files are ordered by household and time, so almost every duplicate follows its original and is dropped at
once. Other duplicates can only exist where stretches of time of a household overlap, within a task or between
two tasks, or where a stretch is not in order. Only these windows are compared again. For a file without any
order, the windows cover the whole file: the order affects the cost, but not the result.
"""

from dataclasses import dataclass

import numpy as np

_SECOND = 1_000_000
_SHIFT = 33  # bits for the seconds from 1970 to 2100
_MONTH_BITS = 12


@dataclass
class Ranges:
    """Stretches of time, in whole seconds since 1970, first and last included, each of one household."""

    household: np.ndarray
    first: np.ndarray
    last: np.ndarray

    def __len__(self) -> int:
        return len(self.household)


def concat(parts: list[Ranges]) -> Ranges:
    empty = np.array([], np.int64)
    columns = [(part.household, part.first, part.last) for part in parts] or [(empty, empty, empty)]
    return Ranges(*(np.concatenate(column).astype(np.int64) for column in zip(*columns, strict=True)))


def runs(household: np.ndarray, time: np.ndarray) -> tuple[Ranges, Ranges]:
    """Returns the stretches of rows of one household, and their times that are not after all earlier rows.

    Times are in microseconds since 1970.
    """
    if len(household) == 0:
        return concat([]), concat([])
    starts = _starts(household)
    first = np.minimum.reduceat(time, starts) // _SECOND
    last = -(-np.maximum.reduceat(time, starts) // _SECOND)
    found = Ranges(household[starts], first, last)
    falls = time[1:] <= time[:-1]
    falls[starts[1:] - 1] = False  # from one household to the next it may
    if not falls.any():
        return found, concat([])
    run = np.repeat(np.arange(len(starts)), np.diff([*starts, len(time)])) << _SHIFT
    second = run + time // _SECOND
    late = np.flatnonzero((second[1:] <= np.maximum.accumulate(second)[:-1]) & (run[1:] == run[:-1])) + 1
    return found, instants(household[late], time[late])


def merge(ranges: Ranges) -> tuple[Ranges, Ranges]:
    """Returns one stretch per household, including gaps, and the windows in which its stretches overlap."""
    if len(ranges) == 0:
        return ranges, ranges
    household, first, last, before = _sorted(ranges)
    overlaps = before >= first
    starts = _starts(household)
    merged = Ranges(household[starts], first[starts], np.maximum.reduceat(last, starts))
    until = np.minimum(last, before)
    return merged, Ranges(household[overlaps], first[overlaps], until[overlaps])


def union(windows: Ranges) -> Ranges:
    """Returns the same times in sorted windows that do not overlap."""
    if len(windows) == 0:
        return windows
    household, first, last, before = _sorted(windows)
    starts = np.flatnonzero(before < first)
    return Ranges(household[starts], first[starts], np.maximum.reduceat(last, starts))


def within(windows: Ranges, household: np.ndarray, time: np.ndarray) -> np.ndarray:
    """Returns which rows are in one of the windows; the windows come from `union`."""
    if len(windows) == 0:
        return np.zeros(len(household), bool)
    opened = (windows.household << _SHIFT) + windows.first
    second = time // _SECOND
    at = np.searchsorted(opened, (household.astype(np.int64) << _SHIFT) + second, side="right") - 1
    return (at >= 0) & (windows.household[at] == household) & (second <= windows.last[at])


def instants(household: np.ndarray, time: np.ndarray) -> Ranges:
    """Returns a window for each of these times, in microseconds since 1970."""
    return Ranges(household.astype(np.int64), time // _SECOND, -(-time // _SECOND))


def in_months(windows: Ranges) -> Ranges:
    """Returns the months since 1970 of the windows, each once: few, however many windows there are."""
    first, last = (
        edge.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
        for edge in (windows.first, windows.last)
    )
    keys = np.unique((windows.household << _SHIFT) | (first << _MONTH_BITS) | last)
    mask = (1 << _MONTH_BITS) - 1
    return Ranges(keys >> _SHIFT, (keys >> _MONTH_BITS) & mask, keys & mask)


def months(windows: Ranges, stretches: Ranges) -> set[str]:
    """Returns the months, such as '2013-01', of in_months whose households have a stretch."""
    ours = np.isin(windows.household, stretches.household)
    spans = set(zip(windows.first[ours].tolist(), windows.last[ours].tolist(), strict=True))
    return {str(np.datetime64(month, "M")) for first, last in spans for month in range(first, last + 1)}


def _sorted(ranges: Ranges) -> tuple[np.ndarray, ...]:
    """Returns household, first and last, sorted by household and time; and the latest end of the household's
    earlier stretches, -1 if there are none."""
    order = np.lexsort((ranges.first, ranges.household))
    household = ranges.household[order].astype(np.int64)
    first, last = ranges.first[order], ranges.last[order]
    # With the household in the upper bits, the latest end of one household does not count for the next.
    reached = np.maximum.accumulate((household << _SHIFT) + last) - (household << _SHIFT)
    before = np.concatenate([[-1], reached[:-1]])
    before[_starts(household)] = -1
    return household, first, last, before


def _starts(values: np.ndarray) -> np.ndarray:
    return np.concatenate([[0], np.flatnonzero(values[1:] != values[:-1]) + 1])
