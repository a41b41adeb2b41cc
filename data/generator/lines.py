"""A household's readings as CSV text with the quirks of the published files."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import numpy as np

from .draws import Purpose, draws
from .household import Household, household, times_here, watt_hours
from .presence import Presence

_MOST = 100_000  # Wh in half an hour; no home of shapes.py comes near
_WIDTH = 6  # bytes of an amount below that, as in 99.999
_WIDEST = 80  # bytes of a row, or fewer


def households_of(rows: int, seed: int, start: date, days: int) -> tuple[int, int]:
    """How many households have so many rows, and how many of them the last one has."""
    number, left = 0, rows
    while (held := times_here(seed, number, start, days).rows) < left:
        number, left = number + 1, left - held
    return number + 1, left


def lines(seed: int, number: int, start: date, days: int) -> Iterator[bytes]:
    """All rows of a household, in the order of their times, in pieces.

    Rows are laid out in a table of bytes of equal width, with zero bytes where an amount is shorter than the
    longest, and where a row is absent; taking these out is many times faster than making each row a string.
    """
    home, here = household(seed, number), times_here(seed, number, start, days)
    wh = watt_hours(seed, home, start, days, here)
    before, after = f"{home.id},{home.tariff},".encode(), f" ,{home.acorn},{home.group}\n".encode()
    times = _times(start, days)[here.first * 48 : (here.last + 1) * 48]
    columns = [_constant(before), times, _amounts().take(wh, axis=0), _constant(after)]
    width = sum(column.shape[1] for column in columns)
    table = _room(days * 48 * _WIDEST)[: len(wh) * width].reshape(len(wh), width)
    at = 0
    for column in columns:
        table[:, at : at + column.shape[1]] = column
        at += column.shape[1]
    table[here.absent] = 0
    extra = [(at + 1, _text_of(table[at : at + 1])) for at in here.twice.tolist()]
    place, time = _missing(seed, home, start, here)
    extra.append((place, before + time + b",Null" + after[1:]))
    begin = 0
    for place, row in sorted(extra, key=lambda each: each[0]):
        yield _text_of(table[begin:place])
        yield row
        begin = place
    yield _text_of(table[begin:])


def _text_of(table: np.ndarray) -> bytes:
    return table.tobytes().replace(b"\0", b"")


@lru_cache(maxsize=1)
def _room(size: int) -> np.ndarray:
    """The table's memory, which each household uses again: asking for it takes longer than filling it."""
    return np.empty(size, np.uint8)


def _missing(seed: int, home: Household, start: date, here: Presence) -> tuple[int, bytes]:
    """Each home has one missing reading, at a time between two half hours: before which row, and when."""
    at, second = (int(draw) for draw in draws(seed, home.number, Purpose.NULL, 2))
    at, second = at % (here.days * 48 - 1), 1 + second % 1799
    time = np.datetime64(start, "s") + (here.first * 48 + at + 1) * 1800 + second
    return at + 1, _text(time)


@lru_cache(maxsize=1)
def _times(start: date, days: int) -> np.ndarray:
    """The ends of all half hours as text up to the blank before the number, the same for each home."""
    steps = np.datetime64(start, "s") + 1800 * np.arange(1, days * 48 + 1)
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
