"""Random numbers by counting: the draw for (seed, household, purpose, i) needs no draw before it."""

from enum import IntEnum

import numpy as np


class Purpose(IntEnum):
    """What a draw is for; each has its own stream of numbers."""

    GROUP, LETTER, TARIFF, LEVEL, DAYS, NOISE, NULL, FATES, GAPS, STAY, WEATHER, PRICES = range(12)


def draws(seed: int, household: int, purpose: Purpose, count: int, first: int = 0) -> np.ndarray:
    """`count` uniform 64-bit integers from number `first` of the stream on: the output function of
    SplitMix64 (Steele, Lea, Flood 2014) over a counter.
    """
    with np.errstate(over="ignore"):  # wrapping around 2^64 is the point
        key = _mix(np.array([seed], np.uint64) * _STEP + np.uint64(household))
        key = _mix(key + np.uint64(purpose) * _STEP)
        return _mix(key + np.arange(first + 1, first + count + 1, dtype=np.uint64) * _STEP)


def pieces(kind: str, seed: int, household: int, purpose: Purpose, count: int) -> np.ndarray:
    """`count` uniform integers of a smaller type ("u1" or "<u2"), several of each 64-bit draw."""
    of_each = 8 // np.dtype(kind).itemsize
    return draws(seed, household, purpose, -(-count // of_each)).astype("<u8").view(kind)[:count]


def nearly_normal(seed: int, household: int, purpose: Purpose, count: int, first: int = 0) -> np.ndarray:
    """`count` integers from number `first` of the stream on, each the sum of four bytes less its mean."""
    new = draws(seed, household, purpose, count, first).astype("<u8").view("<u2").reshape(-1, 4)
    return (new >> 8).astype(np.int64).sum(axis=1) - 510


def one(seed: int, household: int, purpose: Purpose) -> int:
    return int(draws(seed, household, purpose, 1)[0])


_STEP = np.uint64(0x9E3779B97F4A7C15)  # 2^64 divided by the golden ratio, made odd


def _mix(z: np.ndarray) -> np.ndarray:
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
