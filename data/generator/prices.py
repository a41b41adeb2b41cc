"""The time-of-use tariff's prices, which were announced a day ahead and are the same for all homes, and how
homes respond to them.
"""

from datetime import date
from functools import lru_cache

import numpy as np

from .draws import Purpose, draws

TRIAL_YEAR = 2013

# p/kWh: the prices of the Low Carbon London trial.
PENCE = {"High": 67.20, "Normal": 11.76, "Low": 3.99}

# Of 1000 days in 2013, so many have a high or a low price for so many half hours in a row, at any time of the
# day in GMT; no day has two.
EVENTS = [("High", 100, 6), ("High", 100, 12), ("Low", 100, 6), ("Low", 100, 12), ("Low", 60, 24)]

# How much homes on the tariff use in 2013, in 1000 of what they would use without it: at each price, and at a
# normal price in the half hours after a high one.
RESPONSE = {"High": 890, "Normal": 965, "Low": 1020}
AFTER_HIGH, AFTER_HALF_HOURS = 990, 6

HEADER = "TariffDateTime,Tariff"


@lru_cache(maxsize=1)
def bands(seed: int, start: date, days: int) -> np.ndarray:
    """The name of the price in each half hour of the days, "" outside of the trial. A date has the same
    prices in every plan of the seed.
    """
    dates = np.datetime64(start, "D") + np.arange(days)
    found = np.where(_in_trial(dates)[:, None], "Normal", np.full((days, 48), "", "<U6"))
    fate = draws(seed, 0, Purpose.PRICES, days, int(dates[0].astype(np.int64)))
    for at in np.flatnonzero(_in_trial(dates)).tolist():
        kind, when = int(fate[at]) % 1000, int(fate[at]) >> 32
        for name, share, length in EVENTS:
            if 0 <= kind < share:
                first = when % (48 - length + 1)
                found[at, first : first + length] = name
            kind -= share
    return found.ravel()


def response(seed: int, start: date, days: int) -> np.ndarray:
    """How much a home on the tariff uses in each half hour, in 1000 of what it would use without."""
    band = bands(seed, start, days)
    factors = np.full(len(band), 1000)
    for name, factor in RESPONSE.items():
        factors[band == name] = factor
    after = np.zeros(len(band), bool)
    for lag in range(1, AFTER_HALF_HOURS + 1):
        after[lag:] |= band[:-lag] == "High"
    factors[after & (band == "Normal")] = AFTER_HIGH
    return factors


def schedule(seed: int, start: date, days: int) -> str:
    """The prices as CSV, a row for each half hour of the trial, named by its start in GMT."""
    band = bands(seed, start, days)
    there = np.flatnonzero(band)
    times = (np.datetime64(start, "s") + 1800 * there).astype(str)
    rows = [f"{time.replace('T', ' ')},{name}\n" for time, name in zip(times, band[there], strict=True)]
    return HEADER + "\n" + "".join(rows)


def _in_trial(dates: np.ndarray) -> np.ndarray:
    return dates.astype("datetime64[Y]").astype(np.int64) + 1970 == TRIAL_YEAR
