"""The weather and the calendar that all homes share."""

from datetime import date
from functools import lru_cache

import numpy as np

from .draws import Purpose, nearly_normal

# London's mean temperature on the 1st of each month, in 0.1 °C, rounded; days between are interpolated.
NORMAL = np.array([52, 52, 65, 85, 115, 148, 175, 182, 165, 135, 95, 65])

# Electric heating: for each °C that a day's mean lies below the base, so many in 1000 more.
BASE = 155  # in 0.1 °C: the usual base of heating degree days in the United Kingdom
HEATING = 18

# A day's distance from normal is PHI of that of the day before, and something new; DEVIATION is its standard
# deviation in 0.1 °C.
PHI, DEVIATION = 0.75, 30
_WEIGHTS = np.array([768, 576, 432, 324, 243, 182, 137, 103, 77, 58, 43, 32, 24, 18, 14, 10, 8, 6, 4, 3])
_WEIGHTS = np.concatenate([[1024], _WEIGHTS])  # 1024 x PHI to the power of 0, 1, …, as integers
_SCALE = 7450  # of the weighted sum of new things, for DEVIATION

# England's bank holidays in the years of the published set.
HOLIDAYS = np.array(
    [
        *["2011-12-26", "2011-12-27", "2012-01-02", "2012-04-06", "2012-04-09", "2012-05-07", "2012-06-04"],
        *["2012-06-05", "2012-08-27", "2012-12-25", "2012-12-26", "2013-01-01", "2013-03-29", "2013-04-01"],
        *["2013-05-06", "2013-05-27", "2013-08-26", "2013-12-25", "2013-12-26", "2014-01-01"],
    ],
    "datetime64[D]",
)


@lru_cache(maxsize=1)
def temperature(seed: int, start: date, days: int) -> np.ndarray:
    """Each day's mean in 0.1 °C. A date has the same weather in every plan of the seed."""
    dates = np.datetime64(start, "D") + np.arange(days)
    before = len(_WEIGHTS) - 1
    first = int(dates[0].astype(np.int64)) - before
    new = nearly_normal(seed, 0, Purpose.WEATHER, days + before, first)
    return of_month(NORMAL, dates) + np.convolve(new, _WEIGHTS, "valid") // _SCALE


def heating(seed: int, start: date, days: int) -> np.ndarray:
    """By how much each day's use is raised, in 1000."""
    return 1000 + HEATING * np.maximum(0, BASE - temperature(seed, start, days)) // 10


def of_month(table: np.ndarray, dates: np.ndarray) -> np.ndarray:
    """The table's value for each date, on a straight line between the firsts of two months."""
    month = dates.astype("datetime64[M]")
    into = (dates - month.astype("datetime64[D]")).astype(np.int64)
    length = ((month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")).astype(np.int64)
    this = month.astype(np.int64) % 12
    start, end = table[this], table[(this + 1) % 12]
    return (start * (length - into) + end * into) // length
