"""One household: who it is and what it used."""

from dataclasses import dataclass

import numpy as np

from . import shapes
from .draws import draws

# What a draw is for; each has its own stream of numbers.
GROUP, LETTER, TARIFF, LEVEL, DAYS, NOISE, NULL, REPEATS = range(8)

# The first homes cover every group and tariff, so that the smallest set already answers every question.
_FIRST = [(group, tariff) for group in ("Affluent", "Comfortable", "Adversity") for tariff in ("Std", "ToU")]
_FIRST.append(("ACORN-U", "Std"))


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
        group = _group(_one(seed, number, GROUP) % 1000)
        tariff = "ToU" if _one(seed, number, TARIFF) % 1000 < shapes.TOU_SHARE else "Std"
    letters = shapes.GROUPS[group][1]
    acorn = "ACORN-" + letters[_one(seed, number, LETTER) % len(letters)]
    return Household(
        number, f"MAC{number + 2:06d}", tariff, acorn, group
    )  # the published set starts at MAC000002


def level(seed: int, home: Household) -> int:
    """How much the household uses, in 1000 of its group's mean."""
    return int(shapes.LEVEL[_one(seed, home.number, LEVEL) % 16])


def watt_hours(seed: int, home: Household, days: np.ndarray) -> np.ndarray:
    """Wh in each half hour of the days (numpy datetime64[D], in a row), as a flat array of integers."""
    mean = shapes.GROUPS[home.group][0] * level(seed, home)  # Wh x 1000
    weekday = (days.astype(np.int64) + 3) % 7  # 1970-01-01 was a Thursday; 0 is Monday
    shape = np.where((weekday >= 5)[:, None], shapes.WEEKEND, shapes.WEEKDAY).astype(np.int64)
    if home.tariff == "ToU":
        trial = days.astype("datetime64[Y]").astype(np.int64) + 1970 == shapes.TRIAL_YEAR
        shape = np.where(trial[:, None], shape * shapes.TOU // 1000, shape)
    by_day = _season(days) * shapes.DAY[draws(seed, home.number, DAYS, len(days)) % np.uint64(16)] // 1000
    noise = shapes.NOISE[draws(seed, home.number, NOISE, shape.size) % np.uint64(16)].reshape(shape.shape)
    return (mean * by_day[:, None] // 1000 * shape // 1000 * noise // 1_000_000).ravel()


def _season(days: np.ndarray) -> np.ndarray:
    """Per mille of the year's mean for each day, on a straight line between the firsts of two months."""
    month = days.astype("datetime64[M]")
    into = (days - month.astype("datetime64[D]")).astype(np.int64)
    length = ((month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")).astype(np.int64)
    this = month.astype(np.int64) % 12
    start, end = shapes.SEASON[this], shapes.SEASON[(this + 1) % 12]
    return (start * (length - into) + end * into) // length


def _group(draw: int) -> str:
    for name, (_, _, share) in shapes.GROUPS.items():
        if draw < share:
            return name
        draw -= share
    raise AssertionError("the shares in shapes.GROUPS do not add up to 1000")


def _one(seed: int, number: int, purpose: int) -> int:
    return int(draws(seed, number, purpose, 1)[0])
