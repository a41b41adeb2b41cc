"""The small tables that questions are asked of. Tasks make them from the readings, which pass through once.

    household_months     month, acorn_group, tariff, household: micro_kwh, readings (those with a value)
    household_coverage   household: acorn_group, tariff, first_day, last_day, readings, missing (stored
                         without a value), expected (the half hours from its first row to its last, both
                         counted), days_incomplete (1 to 47 readings), gaps (stretches of whole days
                         without any) and longest_gap_days
    profile              part (a season or 2013), acorn_group, tariff, half_hour: households, readings,
                         micro_kwh, and over households the sums of squares of their kWh (kwh_squares) and
                         readings (readings_squares), and of their kWh times their readings (kwh_readings); by
                         London's clock when the half hour starts; half_hour is 0 at 00:00
    demand               acorn_group, slot (a half hour since 1970, as stored): micro_kwh, readings; starts is
                         when it starts by London's clock, as in '2013-01-01 00:30'

    price_cells          household, acorn_group, tariff, cell (of prices.py): micro_kwh, readings; empty
                         without a schedule of prices
    price_steps          cell: price, part, step, pence, half_hours; what each cell is

Months and days are those of the times as they are stored.

kWh are whole numbers of 0.000001 kWh: such a sum does not depend on the order of the rows, so that all
targets print the same digits. Of a household with several tariffs or Acorn groups, which is a fault of the
data, household_coverage has the first by name.

What grows with what: the driver holds 28 bytes for a household and month (4 MB for 5,560 households and 28
months, 0.4 GB for a hundred times as many households), 68 for a household, 24 for each of the 41 cells of
prices that it has readings of, and 2,400 rows of the profile. A
merge on Spark holds the household-days of its own households, about a million (28 MB, some copies for
moments), however many there are: their number decides how many merges there are.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from ..common.answers import SEASONS
from ..common.schema import ACORN_GROUPS, TARIFFS
from ..common.stamps import HALF_HOURS, Stamps
from .prices import Schedule

# By name, so that the lowest code is the first by name.
GROUPS, TARIFF_NAMES = sorted(ACORN_GROUPS), sorted(TARIFFS)
# Parts of the time with a profile of the day each: the seasons, and 2013, when prices depended on the time.
PARTS = [*SEASONS, "2013"]
KINDS = 2 * len(SEASONS)  # of a day: twice the place of its season, and 1 more in 2013

_MOMENTS = ["households", "readings", "micro_kwh", "kwh_squares", "kwh_readings", "readings_squares"]


@dataclass
class Sums:
    """Sums by key: `keys` are strictly rising, `values` has a row for each kind of sum (int64). Spans are
    kept the same way: greatest values instead of sums.

    A key holds, from the highest bits, the household's number, 16 bits of days since 1970 (or of months), 3
    of the place in GROUPS, 1 of that in TARIFF_NAMES.
    """

    keys: np.ndarray
    values: np.ndarray

    def of_bucket(self, bucket: int, buckets: int) -> "Sums":
        mine = (self.keys >> 20) % buckets == bucket
        return Sums(self.keys[mine], self.values[:, mine])


def key(household: np.ndarray, day: np.ndarray, group: np.ndarray, tariff: np.ndarray) -> np.ndarray:
    return (household << 20) | (day << 4) | (group << 1) | tariff


def span_key(household: np.ndarray) -> np.ndarray:
    return household << 20


def no_sums(kinds: int) -> Sums:
    return Sums(np.empty(0, np.int64), np.empty((kinds, 0), np.int64))


def add_up(parts: list[Sums], combine: np.ufunc = np.add) -> Sums:
    """One row for each key; spans are combined by np.maximum."""
    keys = np.concatenate([part.keys for part in parts])
    values = np.concatenate([part.values for part in parts], axis=1)
    if (keys[1:] > keys[:-1]).all():  # as of none
        return Sums(keys, values)
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[:, order]
    starts = run_starts(keys)
    return Sums(keys[starts], combine.reduceat(values, starts, axis=1))


def run_starts(keys: np.ndarray) -> np.ndarray:
    """Where equal neighbours begin; `keys` has one at least."""
    return np.concatenate([[0], np.flatnonzero(keys[1:] != keys[:-1]) + 1])


def months_of(days: Sums) -> Sums:
    """Household-days of micro_kwh, readings, stored → household-months of micro_kwh, readings."""
    read = days.values[1] > 0
    keys, values = days.keys[read], days.values[:, read]
    day = (keys >> 4) & 0xFFFF
    month = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    keys = (keys >> 20 << 20) | (month << 4) | (keys & 0xF)
    return add_up([Sums(keys, values[:2])])


def coverage_of(days: Sums, spans: Sums) -> pa.Table:
    """Household-days, and of each household its first half hour, negative, and its last → household_coverage,
    with numbers for names.
    """
    starts = run_starts(days.keys >> 4)
    group = np.minimum.reduceat((days.keys >> 1) & 0b111, starts)
    tariff = np.minimum.reduceat(days.keys & 1, starts)
    _, readings, stored = np.add.reduceat(days.values, starts, axis=1)
    household, day = days.keys[starts] >> 20, (days.keys[starts] >> 4) & 0xFFFF
    homes = run_starts(household)
    read = np.flatnonzero(readings > 0)
    gap = np.zeros(len(day), np.int64)
    same = household[read[1:]] == household[read[:-1]]
    gap[read[1:][same]] = (np.diff(day[read]) - 1)[same]
    columns = {
        "household": household[homes],
        "acorn_group": np.minimum.reduceat(group, homes),
        "tariff": np.minimum.reduceat(tariff, homes),
        "first_day": day[homes],
        "last_day": np.maximum.reduceat(day, homes),
        "readings": np.add.reduceat(readings, homes),
        "missing": np.add.reduceat(stored - readings, homes),
        "expected": spans.values[0] + spans.values[1] + 1,
        "days_incomplete": np.add.reduceat(
            ((readings > 0) & (readings < HALF_HOURS)).astype(np.int64), homes
        ),
        "gaps": np.add.reduceat((gap > 0).astype(np.int64), homes),
        "longest_gap_days": np.maximum.reduceat(gap, homes),
    }
    return pa.table(columns)


def tables(
    months: Sums,
    coverage: pa.Table,
    profile: np.ndarray,
    demand: Sums,
    prices: Sums,
    stamps: Stamps,
    schedule: Schedule,
) -> dict[str, pa.Table]:
    """The partial tables by name. `profile` is as profile_of makes it."""
    group_tariff = {
        "acorn_group": _named((months.keys >> 1) & 0b111, GROUPS),
        "tariff": _named(months.keys & 1, TARIFF_NAMES),
    }
    spelled = ((months.keys >> 4) & 0xFFFF).astype("datetime64[M]")
    names, places = np.unique(spelled, return_inverse=True)
    households = {
        "household": _households(months.keys >> 20),
        "month": _named(places, names.astype(str).tolist()),
    }
    sums = dict(zip(("micro_kwh", "readings"), months.values, strict=True))
    days = {name: coverage[name].cast(pa.int32()).cast(pa.date32()) for name in ("first_day", "last_day")}
    return {
        "household_months": pa.table({**households, **group_tariff, **sums}),
        "household_coverage": pa.table(
            {
                **{name: coverage[name] for name in coverage.column_names},
                "household": _households(coverage["household"].to_numpy()),
                "acorn_group": _named(coverage["acorn_group"].to_numpy(), GROUPS),
                "tariff": _named(coverage["tariff"].to_numpy(), TARIFF_NAMES),
                **days,
            }
        ),
        "profile": profile_table(profile),
        "demand": _demand(demand, stamps),
        "price_cells": pa.table(
            {
                "household": _households(prices.keys >> 20),
                "acorn_group": _named((prices.keys >> 1) & 0b111, GROUPS),
                "tariff": _named(prices.keys & 1, TARIFF_NAMES),
                "cell": (prices.keys >> 4) & 0xFFFF,
                "micro_kwh": prices.values[0],
                "readings": prices.values[1],
            }
        ),
        "price_steps": schedule.steps(),
    }


def profile_of(homes: Sums) -> np.ndarray:
    """Of households' half hours of the day by their KINDS → by part, group, tariff and half hour _MOMENTS.

    Whole numbers stay below 2**53, so they are exact. The others depend on the order of the households in
    digits that no answer shows.
    """
    kind, home = (homes.keys >> 4) & 0xFFFF, (homes.keys >> 20 << 20) | (homes.keys & 0xF)
    in_trial = kind % 2 == 1
    of_seasons = Sums(home | (kind // 2 << 4), homes.values)
    of_trial = Sums(home[in_trial] | (len(SEASONS) << 4), homes.values[:, in_trial])
    whole = add_up([of_seasons, of_trial])
    micro, readings = (half.T.astype(np.float64) for half in np.split(whole.values, 2))
    kwh = micro / 1e6
    moments = np.stack([readings > 0, readings, micro, kwh**2, kwh * readings, readings**2])
    part, group, tariff = (whole.keys >> 4) & 0xFFFF, (whole.keys >> 1) & 0b111, whole.keys & 1
    shape = (len(PARTS), len(GROUPS), len(TARIFF_NAMES))
    found = np.zeros((len(_MOMENTS), np.prod(shape), HALF_HOURS))
    place = np.ravel_multi_index((part, group, tariff), shape)
    for sums, values in zip(found, moments, strict=True):
        np.add.at(sums, place, values)
    return found.reshape(len(_MOMENTS), *shape, HALF_HOURS)


def profile_table(profile: np.ndarray) -> pa.Table:
    """What profile_of has made, without what no household has."""
    filled = np.nonzero(profile[0])
    part, group, tariff, half_hour = filled
    moments = dict(zip(_MOMENTS, (each[filled] for each in profile), strict=True))
    whole = {name: moments[name].astype(np.int64) for name in ("households", "readings", "micro_kwh")}
    return pa.table(
        {
            "part": _named(part, PARTS),
            "acorn_group": _named(group, GROUPS),
            "tariff": _named(tariff, TARIFF_NAMES),
            "half_hour": half_hour.astype(np.int32),
            **moments,
            **whole,
        }
    )


def demand_key(slot: np.ndarray, group: np.ndarray) -> np.ndarray:
    return (slot << 3) | group


def _demand(demand: Sums, stamps: Stamps) -> pa.Table:
    read = demand.values[1] > 0
    keys, (micro_kwh, readings) = demand.keys[read], demand.values[:, read]
    slots, places = np.unique(keys >> 3, return_inverse=True)
    starts = (stamps.local_starts(slots) * 30).astype("M8[m]")
    return pa.table(
        {
            "acorn_group": _named(keys & 0b111, GROUPS),
            "slot": keys >> 3,
            "starts": _named(places, [str(each).replace("T", " ") for each in starts]),
            **{"micro_kwh": micro_kwh, "readings": readings},
        }
    )


def _households(numbers: np.ndarray) -> pa.DictionaryArray:
    homes, places = np.unique(numbers, return_inverse=True)
    return _named(places, [f"MAC{number:06d}" for number in homes.tolist()])


def _named(places: np.ndarray, names: list[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(places.astype(np.int32), pa.array(names, pa.string()))
