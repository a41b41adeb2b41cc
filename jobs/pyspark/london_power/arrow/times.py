"""Times as the publisher writes them, many at once."""

import numpy as np
import pyarrow as pa

from . import rules

_SHAPE = np.frombuffer(b"2000-00-00 00:00:00.0000000", np.uint8)
_DIGIT = np.equal(_SHAPE, ord("0"))


def micros_of(texts: pa.BinaryArray) -> np.ndarray:
    """rules.time for each text."""
    published = _published(texts)
    if published is not None:
        return published
    return np.array([rules.time(value) for value in texts.to_pylist()], np.int64)


def months_of(micros: np.ndarray) -> np.ndarray:
    """Months since January 1970."""
    return micros.astype("datetime64[us]").astype("datetime64[M]").astype(np.int16)


def _published(texts: pa.BinaryArray) -> np.ndarray | None:
    """The same by arithmetic on all at once; None if a text has not the published shape or is no date."""
    _, offsets, data = texts.buffers()
    count = len(texts)
    if not count:
        return np.array([], np.int64)
    ends = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + count + 1]
    if (np.diff(ends) != len(_SHAPE)).any():
        return None
    rows = np.frombuffer(data, np.uint8)[ends[0] : ends[-1]].reshape(count, len(_SHAPE))
    digits = rows[:, _DIGIT] - np.uint8(ord("0"))  # wraps around below "0"
    if (digits > 9).any() or (rows[:, ~_DIGIT] != _SHAPE[~_DIGIT]).any():
        return None
    number = digits.astype(np.int64)

    def of(first: int, last: int) -> np.ndarray:
        return number[:, first:last] @ 10 ** np.arange(last - first - 1, -1, -1)

    year, month, day = of(0, 3), of(3, 5), of(5, 7)  # the shape's first digit, 2, is no blank to fill in
    hour, minute, second, fraction = of(7, 9), of(9, 11), of(11, 13), of(13, 19)
    months = (year + 2000 - 1970) * 12 + month - 1
    date = months.astype("datetime64[M]").astype("datetime64[D]") + (day - 1)
    right = (month >= 1) & (month <= 12) & (day >= 1) & (hour < 24) & (minute < 60) & (second < 60)
    if not (right & (date.astype("datetime64[M]").astype(np.int64) == months)).all():
        return None
    return ((date.astype(np.int64) * 24 + hour) * 3600 + minute * 60 + second) * 1_000_000 + fraction
