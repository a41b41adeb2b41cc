"""Training before a cut in time, testing from it on, and within the training time folds that do the same."""

from dataclasses import dataclass
from datetime import datetime, timedelta

MIN_ROWS = 100  # more than the linear model has coefficients, on either side of the cut


@dataclass(frozen=True)
class Fold:
    """Learns from the rows before `start`, is scored on those from there to before `end`; both midnights."""

    start: datetime
    end: datetime


def folds(first: datetime, at: datetime) -> list[Fold]:
    """Two folds of an expanding window: the first half of the time before the cut predicts the third quarter,
    three quarters predict the last. None where that is too short for whole days.

    `first` is when complete rows begin.
    """
    half, quarter = (midnight(first + (at - first) * share) for share in (0.5, 0.75))
    return [Fold(half, quarter), Fold(quarter, at)] if first < half < quarter < at else []


def cut(first: datetime, last: datetime, test_fraction: float) -> datetime:
    """The midnight that splits time best: about `test_fraction` of it lies at or after it."""
    return midnight(last - (last - first) * test_fraction)


def midnight(moment: datetime) -> datetime:
    """The one that is next, before or after."""
    return (moment + timedelta(hours=12)).replace(hour=0, minute=0, second=0, microsecond=0)


def day(moment: datetime) -> int:
    """Days since 1970."""
    return (moment - datetime(1970, 1, 1)).days
