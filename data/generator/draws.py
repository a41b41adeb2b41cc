"""Random numbers by counting: the draw for (seed, household, purpose, i) needs no draw before it."""

import numpy as np


def draws(seed: int, household: int, purpose: int, count: int) -> np.ndarray:
    """`count` uniform 64-bit integers: the output function of SplitMix64 (Steele, Lea, Flood 2014) over a
    counter.
    """
    with np.errstate(over="ignore"):  # wrapping around 2^64 is the point
        key = _mix(np.array([seed], np.uint64) * _STEP + np.uint64(household))
        key = _mix(key + np.uint64(purpose) * _STEP)
        return _mix(key + np.arange(1, count + 1, dtype=np.uint64) * _STEP)


_STEP = np.uint64(0x9E3779B97F4A7C15)  # 2^64 divided by the golden ratio, made odd


def _mix(z: np.ndarray) -> np.ndarray:
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
