"""London's clock, by which homes live, while readings are labelled in GMT."""

from datetime import date

import numpy as np


def hours_ahead(start: date, days: int) -> np.ndarray:
    """How far London's clock is ahead of GMT in each half hour of the days in GMT: 0 or 1.

    Summer time lasts from the last Sunday in March, 01:00 GMT, to that in October (The Summer Time Order
    2002, https://www.legislation.gov.uk/uksi/2002/262).
    """
    begin = np.datetime64(start, "D").astype(np.int64) * 48
    half_hours = begin + np.arange(days * 48)
    years = range(start.year, start.year + days // 365 + 2)
    changes = [_last_sunday(year, month) * 48 + 2 for year in years for month in (3, 10)]
    return np.searchsorted(changes, half_hours, side="right") % 2


def _last_sunday(year: int, month: int) -> int:
    """In days since 1970, a Thursday, of a month of 31 days."""
    end = int(np.datetime64(f"{year}-{month:02d}-31").astype(np.int64))
    return end - (end + 4) % 7
