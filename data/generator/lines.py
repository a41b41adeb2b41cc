"""A household's readings as CSV text with the quirks of the published files."""

from datetime import date
from functools import lru_cache

import numpy as np

from .draws import draws
from .household import NULL, REPEATS, household, watt_hours

_REPEAT_ONE_IN = 2048  # now and then the published files hold a row twice
_MOST = 100_000  # Wh in half an hour; no home of shapes.py comes near
_WIDTH = 6  # bytes of an amount below that, as in 99.999


def repeated(seed: int, number: int, days: int) -> np.ndarray:
    """Which of a household's half hours stand there twice."""
    return np.flatnonzero(draws(seed, number, REPEATS, days * 48) % np.uint64(_REPEAT_ONE_IN) == 0)


def count(seed: int, number: int, days: int) -> int:
    """How many rows a household has: its half hours, those that stand there twice, and a missing one."""
    return days * 48 + len(repeated(seed, number, days)) + 1


def lines(seed: int, number: int, start: date, days: int) -> bytes:
    """All rows of a household, in the order of their times.

    Rows are laid out in a table of bytes of equal width, with zero bytes where an amount is shorter than the
    longest; taking these out is many times faster than making each row a string.
    """
    home = household(seed, number)
    wh = watt_hours(seed, home, _days(start, days))
    before, after = f"{home.id},{home.tariff},".encode(), f" ,{home.acorn},{home.group}\n".encode()
    times = _times(start, days)
    columns = [_constant(before), times, _amounts()[wh], _constant(after)]
    table = np.empty((len(wh), sum(column.shape[1] for column in columns)), np.uint8)
    at = 0
    for column in columns:
        table[:, at : at + column.shape[1]] = column
        at += column.shape[1]
    twice = repeated(seed, number, days)
    place, time = _missing(seed, number, start, len(wh), twice)
    null = before + time + b",Null" + after[1:]
    return b"".join(_in_order(table, twice.tolist(), place, null))


def _in_order(table: np.ndarray, twice: list[int], place: int, null: bytes):
    """The text of the table with rows repeated and the missing reading as row number `place`."""
    ends = [*(at + 1 for at in twice), len(table)]
    for start, end in zip([0, *twice], ends, strict=True):
        cut = start + place if 0 <= place < end - start else None
        place -= end - start
        if cut is None:
            yield table[start:end].tobytes().translate(None, b"\0")
        else:
            yield table[start:cut].tobytes().translate(None, b"\0") + null
            yield table[cut:end].tobytes().translate(None, b"\0")
    if place == 0:
        yield null


def _missing(seed: int, number: int, start: date, half_hours: int, twice: np.ndarray) -> tuple[int, bytes]:
    """Each home has one missing reading, at a time between two half hours: as which row, and when."""
    rows = half_hours  # before rows are repeated
    at, second = (int(draw) for draw in draws(seed, number, NULL, 2))
    at, second = at % rows, 1 + second % 1799
    at += int((twice < at).sum())
    time = np.datetime64(start, "s") + (at - int((twice < at).sum())) * 1800 + second
    return at + 1, _text(time)


@lru_cache(maxsize=1)
def _days(start: date, days: int) -> np.ndarray:
    return np.datetime64(start, "D") + np.arange(days)


@lru_cache(maxsize=1)
def _times(start: date, days: int) -> np.ndarray:
    """All half hours as text up to the blank before the number, which is the same for each home."""
    steps = np.datetime64(start, "s") + 1800 * np.arange(days * 48)
    return _table([_text(time) + b", " for time in steps])


def _text(time: np.datetime64) -> bytes:
    return f"{time}.0000000".replace("T", " ").encode()


@lru_cache(maxsize=1)
def _amounts() -> np.ndarray:
    """Wh as kWh with three decimals, without zeros at the end."""
    texts = (f"{wh // 1000}.{wh % 1000:03d}".rstrip("0").rstrip(".") for wh in range(_MOST))
    return _table([text.encode().ljust(_WIDTH, b"\0") for text in texts])


def _constant(text: bytes) -> np.ndarray:
    return _table([text])


def _table(texts: list[bytes]) -> np.ndarray:
    return np.frombuffer(b"".join(texts), np.uint8).reshape(len(texts), -1)
