"""Writes readings as CSV text with the quirks of the published files."""

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from .draws import draws
from .household import NULL, REPEATS, household, watt_hours

# The blank at the end of a column's name is the publisher's.
HEADER = "LCLid,stdorToU,DateTime,KWH/hh (per half hour) ,Acorn,Acorn_grouped\n"
_REPEAT_ONE_IN = 2048  # now and then the published files hold a row twice


@dataclass(frozen=True)
class Plan:
    """What to make: `households` × `days` from `start` on, spread over `shards` files."""

    households: int
    days: int
    start: date
    seed: int
    shards: int


def write_shard(plan: Plan, shard: int, path: Path) -> int:
    """Writes one of the plan's files, household after household; returns its number of rows, the header not
    counted.
    """
    first, last = (plan.households * (shard + i) // plan.shards for i in (0, 1))
    rows = 0
    with path.open("w", encoding="ascii", newline="\n", buffering=1 << 20) as file:
        file.write(HEADER)
        for number in range(first, last):
            lines = _lines(plan, number)
            rows += len(lines)
            file.write("".join(lines))
    return rows


def _lines(plan: Plan, number: int) -> list[str]:
    home = household(plan.seed, number)
    kwh = watt_hours(plan.seed, home, _days(plan.start, plan.days)).tolist()
    before, after = f"{home.id},{home.tariff},", f",{home.acorn},{home.group}\n"
    lines = [
        before + time + _kwh(wh) + after for time, wh in zip(_times(plan.start, plan.days), kwh, strict=True)
    ]
    repeated = np.flatnonzero(draws(plan.seed, number, REPEATS, len(lines)) % np.uint64(_REPEAT_ONE_IN) == 0)
    null_at, second = (int(d) for d in draws(plan.seed, number, NULL, 2))
    null_at, second = null_at % len(lines), 1 + second % 1799
    for at in reversed(repeated.tolist()):
        lines.insert(at, lines[at])
        null_at += at < null_at
    # Each home has one missing reading, at a time between two half hours.
    time = np.datetime64(plan.start, "s") + (null_at - int((repeated < null_at).sum())) * 1800 + second
    lines.insert(null_at + 1, f"{before}{_text(time)},Null{after}")
    return lines


@lru_cache(maxsize=1)
def _days(start: date, days: int) -> np.ndarray:
    return np.datetime64(start, "D") + np.arange(days)


@lru_cache(maxsize=1)
def _times(start: date, days: int) -> list[str]:
    """All half hours as text up to the blank before the number, which is the same for each home."""
    steps = np.datetime64(start, "s") + 1800 * np.arange(days * 48)
    return [f"{_text(time)}, " for time in steps]


def _text(time: np.datetime64) -> str:
    return str(time).replace("T", " ") + ".0000000"


@cache  # a home uses a few thousand different amounts
def _kwh(wh: int) -> str:
    """Wh as kWh with three decimals, without zeros at the end, and the publisher's blank after it."""
    text = f"{wh // 1000}.{wh % 1000:03d}".rstrip("0").rstrip(".")
    return f"{text} "
