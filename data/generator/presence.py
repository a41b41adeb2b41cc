"""When a household has readings: from when it joined until it left, with gaps, and with rows that stand there
twice.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from .draws import Purpose, draws, pieces

# Homes join evenly over these days, as in the published set nearly; a home that joins before the first day is
# there from then on. LEAVERS in 1000 leave, evenly over the days after; the first homes (household.py) stay.
JOIN_FROM, JOIN_DAYS = date(2011, 11, 23), 400
LEAVERS, LEAVE_FROM, LEAVE_DAYS = 100, date(2013, 1, 1), 424

# In 65536: days on which a stretch of 1 to GAP_DAYS days without readings begins, and half hours that stand
# there twice, lack their row, or have a reading of zero.
GAPS, GAP_DAYS = 128, 6
TWICE, ABSENT, ZERO = 32, 96, 256


@dataclass(frozen=True)
class Presence:
    """Days count from the first of the plan, half hours from that of the home's `first` day."""

    first: int
    last: int  # included
    twice: np.ndarray  # half hours, rising
    absent: np.ndarray
    zero: np.ndarray

    @property
    def days(self) -> int:
        return self.last - self.first + 1

    @property
    def rows(self) -> int:
        """How many rows the household has, with a missing reading's."""
        return self.days * 48 - len(self.absent) + len(self.twice) + 1


def stay(seed: int, number: int, start: date, days: int, stays: bool) -> tuple[int, int]:
    """First and last day, counted from the start: at least one, whatever the plan."""
    if stays:
        return 0, days - 1
    joins, leaves, when = (int(draw) for draw in draws(seed, number, Purpose.STAY, 3))
    first = (JOIN_FROM - start).days + joins % JOIN_DAYS
    last = (LEAVE_FROM - start).days + when % LEAVE_DAYS if leaves % 1000 < LEAVERS else days - 1
    first = min(max(first, 0), days - 1)
    return first, min(max(last, first), days - 1)


def presence(seed: int, number: int, start: date, days: int, stays: bool) -> Presence:
    first, last = stay(seed, number, start, days, stays)
    days = last - first + 1
    fates = pieces("<u2", seed, number, Purpose.FATES, days * 48)
    decided = np.flatnonzero(fates < TWICE + ABSENT + ZERO)  # a few of many
    fates = fates[decided]
    absent = decided[(fates >= TWICE) & (fates < TWICE + ABSENT)]
    if gaps := _gaps(seed, number, days):
        absent = np.unique(np.concatenate([absent, *gaps]))
    here = ~np.isin(decided, absent)
    return Presence(
        first, last, decided[(fates < TWICE) & here], absent, decided[(fates >= TWICE + ABSENT) & here]
    )


def _gaps(seed: int, number: int, days: int) -> list[np.ndarray]:
    """The half hours of each stretch of whole days without readings; never a home's first or last day."""
    draw = pieces("<u2", seed, number, Purpose.GAPS, days)
    starts = np.flatnonzero(draw[1:] < GAPS) + 1
    lengths = 1 + draw[starts] % GAP_DAYS
    ends = np.minimum(starts + lengths, days - 1)
    return [np.arange(a * 48, b * 48) for a, b in zip(starts.tolist(), ends.tolist(), strict=True) if a < b]
