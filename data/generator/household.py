"""One household: who it is and what it used."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from . import prices, shapes
from .clock import hours_ahead
from .draws import Purpose, one
from .noise import factors
from .presence import Presence, presence
from .weather import HOLIDAYS, heating, of_month

# The first homes cover every group and tariff, and stay throughout, so that the smallest set already answers
# every question.
_FIRST = [(group, tariff) for group in shapes.GROUPS for tariff in ("Std", "ToU")]


@dataclass(frozen=True)
class Household:
    """The columns that never change; `number` starts at 0."""

    number: int
    id: str
    tariff: str
    acorn: str
    group: str


def household(seed: int, number: int) -> Household:
    if number < len(_FIRST):
        group, tariff = _FIRST[number]
    else:
        group = _group(one(seed, number, Purpose.GROUP) % 1000)
        chose = one(seed, number, Purpose.TARIFF) % 1000 < shapes.GROUPS[group].tou_share
        tariff = "ToU" if chose else "Std"
    letters = shapes.GROUPS[group].letters
    acorn = "ACORN-" + letters[one(seed, number, Purpose.LETTER) % len(letters)]
    return Household(
        number, f"MAC{number + 2:06d}", tariff, acorn, group
    )  # the published set starts at MAC000002


def level(seed: int, home: Household) -> int:
    """How much the household uses, in 1000 of its group's mean."""
    drawn = int(shapes.LEVEL[one(seed, home.number, Purpose.LEVEL) % 16])
    return drawn * shapes.CHOOSERS // 1000 if home.tariff == "ToU" else drawn


def times_here(seed: int, number: int, start: date, days: int) -> Presence:
    """When the household of this number has readings."""
    return presence(seed, number, start, days, stays=number < len(_FIRST))


def watt_hours(seed: int, home: Household, start: date, days: int, here: Presence) -> np.ndarray:
    """Wh in each half hour of the home's days, as a flat array of integers."""
    usual = _usual(seed, start, days, home.group, home.tariff)[here.first * 48 : (here.last + 1) * 48]
    wh = usual * level(seed, home) // 1000 * factors(seed, home.number, here.days) // 1_000_000
    wh[here.zero] = 0
    return wh


@lru_cache(maxsize=2 * len(shapes.GROUPS))
def _usual(seed: int, start: date, days: int, group: str, tariff: str) -> np.ndarray:
    """Wh x 1000 in each half hour of the plan, in GMT, which a home of level 1000 would use without noise."""
    by_clock = _by_clock(seed, start, days + 1, group)  # London's summer is an hour into the next day
    usual = by_clock[np.arange(days * 48) + 2 * hours_ahead(start, days)]
    return usual * prices.response(seed, start, days) // 1000 if tariff == "ToU" else usual


def _by_clock(seed: int, start: date, days: int, group: str) -> np.ndarray:
    """The same on the standard tariff, in each half hour of the days by London's clock."""
    dates = np.datetime64(start, "D") + np.arange(days)
    weekday = (dates.astype(np.int64) + 3) % 7  # 1970-01-01 was a Thursday; 0 is Monday
    holiday = np.isin(dates, HOLIDAYS)
    shape = np.where(((weekday >= 5) | holiday)[:, None], shapes.WEEKEND, shapes.WEEKDAY).astype(np.int64)
    shape = shape * np.repeat(shapes.GROUPS[group].shape, 6) // 1000
    by_day = of_month(shapes.SEASON, dates) * heating(seed, start, days) // 1000
    by_day = np.where(holiday, by_day * shapes.HOLIDAY // 1000, by_day)
    return (shapes.GROUPS[group].base_wh * by_day[:, None] * shape // 1000).ravel()


def _group(draw: int) -> str:
    for name, group in shapes.GROUPS.items():
        if draw < group.share:
            return name
        draw -= group.share
    raise AssertionError("the shares in shapes.GROUPS do not add up to 1000")
