"""Converts many times in the publisher's format at once."""

import numpy as np
import pyarrow as pa

from . import rules
from .digits import Shape, days, number

_PUBLISHED = Shape(b"0000-00-00 00:00:00.0000000")


def micros_of(texts: pa.BinaryArray) -> np.ndarray:
    """Returns rules.time of each text."""
    published = _published(texts)
    if published is not None:
        return published
    return np.array([rules.time(value) for value in texts.to_pylist()], np.int64)


def months_of(micros: np.ndarray) -> np.ndarray:
    """Months since January 1970."""
    return micros.astype("datetime64[us]").astype("datetime64[M]").astype(np.int16)


def _published(texts: pa.BinaryArray) -> np.ndarray | None:
    """Does the same with arithmetic on all at once; None if a text has another shape or is not a time."""
    rows = _PUBLISHED.match(texts)
    if rows is None or (day := days(rows, 0)) is None:
        return None
    hour, minute, second = (number(rows, at, at + 2) for at in (11, 14, 17))
    if not ((hour < 24) & (minute < 60) & (second < 60)).all():
        return None
    return ((day * 24 + hour) * 3600 + minute * 60 + second) * 1_000_000 + number(rows, 20, 26)
