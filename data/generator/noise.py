"""What makes one half hour of a household differ from the next: two autoregressive series of logarithms, one
of its days, one of its half hours.
"""

from decimal import Decimal

import numpy as np

from .draws import Purpose, nearly_normal, pieces

# A day's value is DAY_PHI of that of the day before and something new; a half hour's likewise.
DAY_PHI, HALF_HOUR_PHI = 0.6, 0.625
# Standard deviations of their natural logarithms, nearly.
DAY_DEVIATION, HALF_HOUR_DEVIATION = 0.15, 0.555

_UNIT = 256  # steps of a logarithm of 1
_DAY_WEIGHTS = np.array([1024, 614, 369, 221, 133, 80, 48, 29, 17, 10, 6, 4])  # 1024 x DAY_PHI^k
_DAY_SCALE = 4920  # of the weighted sum, for DAY_DEVIATION in steps
_LEAD = 16  # half hours before the first that still count


def factors(seed: int, number: int, days: int) -> np.ndarray:
    """How much more or less than usual the household uses in each half hour, in 1000; the mean is 1000."""
    logarithms = _half_hours(seed, number, days).reshape(days, -1) + _days(seed, number, days)[:, None]
    return _EXP[logarithms + _ZERO].ravel()


def _half_hours(seed: int, number: int, days: int) -> np.ndarray:
    """Steps of the logarithm: y[t] = new[t] + 5/8 y[t - 1], of which 16 terms count."""
    y = pieces("u1", seed, number, Purpose.NOISE, days * 48 + _LEAD).astype(np.int32) * 24 - 3060
    for lag, of_1024 in ((1, 640), (2, 400), (4, 156), (8, 24)):  # 5/8 to the power of the lag
        y[lag:] += y[:-lag] * of_1024 >> 10
    return y[_LEAD:] >> 4


def _days(seed: int, number: int, days: int) -> np.ndarray:
    """Steps of the logarithm."""
    before = len(_DAY_WEIGHTS) - 1
    new = nearly_normal(seed, number, Purpose.DAYS, days + before)
    return (np.convolve(new, _DAY_WEIGHTS, "valid") // _DAY_SCALE).astype(np.int32)


_ZERO = 1100  # place of the logarithm 0 in the table: none is further from it
_MEAN = 41  # steps by which the mean of e to such logarithms lies above 1
_EXP = np.array(
    [round(1000 * (Decimal(step - _ZERO - _MEAN) / _UNIT).exp()) for step in range(2 * _ZERO)], np.int64
)
