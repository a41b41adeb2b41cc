"""Readings as plain arrays of numbers, between the parser and the writer."""

from dataclasses import dataclass

import numpy as np


@dataclass
class Readings:
    """Columns of equal length. `household` is the number after MAC, `time` in microseconds since 1970, `kwh`
    NaN if missing, `month` counts months since 1970; tariff, acorn and acorn_group are indices in the
    lists of rules.py.
    """

    household: np.ndarray  # int32
    tariff: np.ndarray  # int8
    time: np.ndarray  # int64
    kwh: np.ndarray  # float64
    acorn: np.ndarray  # int8
    acorn_group: np.ndarray  # int8
    month: np.ndarray  # int16

    def __len__(self) -> int:
        return len(self.household)

    def take(self, rows) -> "Readings":
        """Returns some rows, given as a slice (without a copy), a mask or indices."""
        return Readings(*(column[rows] for column in self.columns()))

    def columns(self) -> list[np.ndarray]:
        return list(vars(self).values())  # in the order above; many times faster than dataclasses.fields


VALUES = ("tariff", "kwh", "acorn", "acorn_group")  # what may differ between rows of one household and time


def concat(parts: list[Readings]) -> Readings:
    if len(parts) == 1:
        return parts[0]
    return Readings(*map(np.concatenate, zip(*(part.columns() for part in parts), strict=True)))


def equal(readings: Readings, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Returns for each pair of rows whether all values are equal; two missing kwh are equal."""
    same = np.ones(len(left), bool)
    for name in ("household", "time", *VALUES):
        column = getattr(readings, name)
        a, b = column[left], column[right]
        same &= (a == b) | ((a != a) & (b != b))
    return same
