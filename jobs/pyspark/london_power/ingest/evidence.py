"""Finds out from the readings what their times mean: the time zone, and whether a time is the start or the
end of its half hour.

By London's clock, the hour from one to two does not exist on the day in March on which the clocks go forward,
and exists twice on the day in October on which they go back; in GMT it always exists once. If times are the
end, a home whose readings cover whole days has a first reading at 00:30 and a last at 00:00; if times are the
start, at 00:00 and 23:30. Each home that shows one of these has a vote, and the majority decides.
"""

from dataclasses import dataclass

import numpy as np

from ..common.calendar import change_days
from ..common.stamps import END, GMT, HALF_HOUR_MICROS, HALF_HOURS, LONDON, START, Stamps
from .ranges import Ranges
from .readings import Readings

AUTO = "auto"
TIE = Stamps(GMT, END)  # without votes, or with a tie: the settings of the published files

_FIRST, _LAST = 1, 5  # the half hours of a day that are counted: 00:30 to 02:30
COUNTED = _LAST - _FIRST + 1
_DAYS_SHIFT = 20  # bits for days since 1970

_SPRING, _AUTUMN = change_days(3), change_days(10)
_IS_CHANGE = np.zeros(1 << 16, bool)
_IS_CHANGE[_SPRING] = _IS_CHANGE[_AUTUMN] = True
_MAY_CHANGE = np.isin(np.arange(1 << 12) % 12, (2, 9))  # by months since 1970: March and October


@dataclass(frozen=True)
class Nights:
    """The number of rows in each half hour from 00:30 to 02:30, for a household and a day on which clocks
    change. `keys` has both; `rows` is keys × 5. A key may occur several times.
    """

    keys: np.ndarray
    rows: np.ndarray

    def merged(self) -> "Nights":
        """Returns the sums, with each key once."""
        keys, at = np.unique(self.keys, return_inverse=True)
        rows = np.zeros((len(keys), self.rows.shape[1]), np.int64)
        np.add.at(rows, at, self.rows)
        return Nights(keys, rows)


def concat(parts: list[Nights]) -> Nights:
    empty = Nights(np.empty(0, np.int64), np.empty((0, COUNTED), np.int64))
    keys, rows = zip(*((part.keys, part.rows) for part in [empty, *parts]), strict=True)
    return Nights(np.concatenate(keys), np.concatenate(rows)).merged()


def nights(readings: Readings) -> Nights:
    """Counts the rows of the files, including duplicates."""
    here = np.flatnonzero(_MAY_CHANGE[readings.month])
    time = readings.time[here]
    half_hour = time // HALF_HOUR_MICROS
    day = half_hour // HALF_HOURS
    at = half_hour - day * HALF_HOURS
    counted = np.flatnonzero(
        _IS_CHANGE[day] & (at >= _FIRST) & (at <= _LAST) & (half_hour * HALF_HOUR_MICROS == time)
    )
    keys = (readings.household[here[counted]].astype(np.int64) << _DAYS_SHIFT) | day[counted]
    return Nights(keys, np.eye(COUNTED, dtype=np.int64)[at[counted] - _FIRST]).merged()


def stamps(zone: str, label: str, found: Nights, stretches: Ranges) -> tuple[Stamps, dict]:
    """Returns the meaning of the times, from the settings or, for AUTO, from the readings; and the reasons,
    for the metrics. `stretches` has one stretch per household.
    """
    votes = _zone_votes(found) | _label_votes(stretches)
    in_gmt = votes["spring_hour_there"] + votes["autumn_hour_once"]
    in_london = votes["spring_hour_missing"] + votes["autumn_hour_twice"]
    at_end = votes["first_at_00:30"] + votes["last_at_00:00"]
    at_start = votes["first_at_00:00"] + votes["last_at_23:30"]
    zone_by, zone = _settled(zone, {GMT: in_gmt, LONDON: in_london}, TIE.zone)
    label_by, label = _settled(label, {END: at_end, START: at_start}, TIE.label)
    about = {"zone": zone, "zone_by": zone_by, "label": label, "label_by": label_by, "votes": votes}
    return Stamps(zone, label), about


def _settled(asked: str, votes: dict[str, int], tie: str) -> tuple[str, str]:
    """Returns what has decided (the setting, the data or the default), and the decision."""
    if asked != AUTO:
        return "setting", asked
    (most, first), (_, second) = sorted(votes.items(), key=lambda each: -each[1])
    return ("data", most) if first > second else ("default", tie)


def _zone_votes(found: Nights) -> dict[str, int]:
    """Counts nights of homes with the half hours before and after; nights with duplicates do not count."""
    whole = (found.rows[:, [0, -1]] == 1).all(axis=1)
    rows, day = found.rows[whole, 1:-1], found.keys[whole] & ((1 << _DAYS_SHIFT) - 1)
    spring = np.isin(day, _SPRING)
    once = (rows == 1).all(axis=1)
    # An hour is two of the three half hours between: which two depends on the label.
    missing = ((rows == 0).sum(axis=1) == 2) & (rows.sum(axis=1) == 1)
    twice = ((rows == 2).sum(axis=1) == 2) & (rows.sum(axis=1) == 5)
    return {
        "spring_hour_there": int((spring & once).sum()),
        "spring_hour_missing": int((spring & missing).sum()),
        "autumn_hour_once": int((~spring & once).sum()),
        "autumn_hour_twice": int((~spring & twice).sum()),
    }


def _label_votes(stretches: Ranges) -> dict[str, int]:
    first, last = stretches.first % 86_400, stretches.last % 86_400
    return {
        "first_at_00:00": int((first == 0).sum()),
        "first_at_00:30": int((first == 1_800).sum()),
        "last_at_23:30": int((last == 84_600).sum()),
        "last_at_00:00": int((last == 0).sum()),
    }
