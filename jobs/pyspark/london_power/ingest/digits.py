"""Converts the digits of many texts with the same shape to numbers at once."""

import numpy as np
import pyarrow as pa

_DIGIT, _ANY = ord("0"), ord("?")


class Shape:
    """A text in which 0 stands for a digit and ? for any byte; all else stands for itself."""

    def __init__(self, pattern: bytes):
        self._pattern = np.frombuffer(pattern, np.uint8)
        self._digit = self._pattern == _DIGIT
        self._fixed = ~self._digit & (self._pattern != _ANY)

    def match(self, texts: pa.BinaryArray) -> np.ndarray | None:
        """Returns a row of bytes for each text, with digits as numbers; None if a text has another shape."""
        _, offsets, data = texts.buffers()
        length = len(self._pattern)
        if not len(texts):
            return np.zeros((0, length), np.uint8)
        ends = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
        if (np.diff(ends) != length).any():
            return None
        rows = np.frombuffer(data, np.uint8)[ends[0] : ends[-1]].reshape(-1, length)
        if (rows[:, self._fixed] != self._pattern[self._fixed]).any():
            return None
        rows = np.where(self._digit, rows - np.uint8(_DIGIT), rows)  # wraps around below "0"
        return None if (rows[:, self._digit] > 9).any() else rows


def number(rows: np.ndarray, first: int, last: int) -> np.ndarray:
    """Returns for each row the number in the digits from `first` to before `last`."""
    return rows[:, first:last].astype(np.int64) @ 10 ** np.arange(last - first - 1, -1, -1)


def days(rows: np.ndarray, at: int) -> np.ndarray | None:
    """Days since 1970 of dates such as 2013-01-31 that begin at byte `at`; None if one is not a date."""
    year, month, day = number(rows, at, at + 4), number(rows, at + 5, at + 7), number(rows, at + 8, at + 10)
    months = (year - 1970) * 12 + month - 1
    dates = months.astype("datetime64[M]").astype("datetime64[D]") + (day - 1)
    right = (year // 100 == 20) & (month >= 1) & (month <= 12) & (day >= 1)
    right &= dates.astype("datetime64[M]").astype(np.int64) == months
    return dates.astype(np.int64) if right.all() else None
