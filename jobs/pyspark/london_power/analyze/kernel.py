"""Reduces a file of readings to household-days and profile: what a Spark task does, with Arrow and numpy
alone.
"""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..common import stores
from ..common.calendar import seasons_of
from ..common.stamps import END, HALF_HOUR_MICROS, HALF_HOURS, Stamps
from .partials import (
    GROUPS,
    KINDS,
    TARIFF_NAMES,
    Sums,
    add_up,
    demand_key,
    key,
    no_sums,
    run_starts,
    span_key,
)
from .prices import CELLS, NO_SCHEDULE, NONE, Schedule

_TRIAL = np.datetime64("2013")
_TEXTS = ["household", "tariff", "acorn_group"]


def reduce_file(
    uri: str, stamps: Stamps, schedule: Schedule = NO_SCHEDULE
) -> tuple[Sums, Sums, Sums, Sums, Sums]:
    """A file of one month → micro_kwh, readings and stored (with those without a value) by household and
    day; each household's span, which is its first half hour since 1970, negative, and its last; micro_kwh and
    readings of each half hour of the day by household and kind of day, by half hour since 1970 and Acorn
    group, and by household and cell of the schedule.

    Holds a row group of readings at a time, besides the household-days.
    """
    days: list[Sums] = []
    spans: list[Sums] = []
    demand: list[Sums] = []
    prices: list[Sums] = []
    profiles: list[Sums] = []
    with stores.open_random(uri) as file:
        parquet = pq.ParquetFile(file, read_dictionary=_TEXTS)
        for number in range(parquet.num_row_groups):
            rows = parquet.read_row_group(number, [*_TEXTS, "time", "kwh"], use_threads=False)
            if len(rows):
                of_days, of_spans, of_profile, of_demand, of_prices = _reduce(rows, stamps, schedule)
                days.append(of_days)
                spans.append(of_spans)
                profiles.append(of_profile)
                demand.append(of_demand)
                prices.append(of_prices)
    return add_up(days), add_up(spans, np.maximum), add_up(profiles), add_up(demand), add_up(prices)


def _reduce(rows: pa.Table, stamps: Stamps, schedule: Schedule) -> tuple[Sums, Sums, Sums, Sums, Sums]:
    household = _codes(rows, "household", lambda name: int(name.removeprefix("MAC")))
    tariff = _codes(rows, "tariff", TARIFF_NAMES.index)
    group = _codes(rows, "acorn_group", GROUPS.index)
    half_hour = rows.column("time").cast(pa.int64()).to_numpy() // HALF_HOUR_MICROS
    day = half_hour // HALF_HOURS
    kwh = rows.column("kwh").to_numpy()
    read = ~np.isnan(kwh)
    micro = (np.where(read, kwh, 0) * 1_000_000 + 0.5).astype(np.int64)  # none is negative, so this rounds
    keys = key(household, day, group, tariff)
    starts = run_starts(keys)
    sums = [
        np.add.reduceat(micro, starts),
        np.add.reduceat(read, starts, dtype=np.int64),
        np.diff([*starts, len(keys)]),
    ]
    homes = run_starts(household)
    ends = np.maximum.reduceat(np.stack([-half_hour, half_hour]), homes, axis=1)
    return (
        add_up([Sums(keys[starts], np.stack(sums))]),
        add_up([Sums(span_key(household[homes]), ends)], np.maximum),
        _profile(stamps.local_starts(half_hour), keys, micro, read),
        _demand(half_hour, group, micro, read),
        _prices(schedule.cells_of(half_hour - (stamps.label == END)), keys, homes, micro, read),
    )


def _profile(local: np.ndarray, keys: np.ndarray, micro: np.ndarray, read: np.ndarray) -> Sums:
    """micro_kwh of each half hour of the day, then readings, by household, group, tariff and kind of day."""
    day = local // HALF_HOURS
    home = (keys >> 20 << 20) | (keys & 0xF)
    homes = run_starts(home)
    place = np.repeat(np.arange(len(homes)), np.diff([*homes, len(keys)]))
    cell = (place * KINDS + _kinds(day)) * HALF_HOURS + (local - day * HALF_HOURS)
    # Sums of a row group stay below 2**53, so they are exact as floating-point numbers too.
    size = len(homes) * KINDS * HALF_HOURS
    sums = [np.bincount(cell, each, size).astype(np.int64).reshape(-1, HALF_HOURS) for each in (micro, read)]
    there = np.flatnonzero(sums[1].any(1))
    at, kind = np.divmod(there, KINDS)
    return add_up([Sums(home[homes[at]] | (kind << 4), np.hstack(sums)[there].T)])


def _demand(half_hour: np.ndarray, group: np.ndarray, micro: np.ndarray, read: np.ndarray) -> Sums:
    """micro_kwh and readings by half hour and group."""
    first = half_hour.min()
    cell = (half_hour - first) * len(GROUPS) + group
    values = np.stack([np.bincount(cell, weights) for weights in (micro, read)]).astype(np.int64)
    slot, of_group = np.divmod(np.arange(values.shape[1]), len(GROUPS))
    return Sums(demand_key(first + slot, of_group), values)


def _prices(
    cell: np.ndarray, keys: np.ndarray, homes: np.ndarray, micro: np.ndarray, read: np.ndarray
) -> Sums:
    """micro_kwh and readings by household and cell; `homes` is where each household begins."""
    priced = cell != NONE
    if not priced.any():
        return no_sums(2)
    place = np.repeat(np.arange(len(homes)), np.diff([*homes, len(keys)])) * len(CELLS) + cell
    sums = [np.bincount(place[priced], each[priced], len(homes) * len(CELLS)) for each in (micro, read)]
    values = np.stack(sums).astype(np.int64)
    there = np.flatnonzero(values[1])
    home, at = np.divmod(there, len(CELLS))
    of_home = keys[homes[home]]  # with its group and tariff
    return add_up([Sums((of_home >> 20 << 20) | (at << 4) | (of_home & 0xF), values[:, there])])


def _kinds(day: np.ndarray) -> np.ndarray:
    """KINDS of a month's days, nearly all or all of which are of one kind."""
    first = day.min()
    days = np.arange(first, day.max() + 1)
    kind = 2 * seasons_of(days) + (days.astype("M8[D]").astype("M8[Y]") == _TRIAL)
    return kind[0] if (kind == kind[0]).all() else kind[day - first]


def _codes(rows: pa.Table, column: str, code: Callable[[str], int]) -> np.ndarray:
    texts = pa.concat_arrays(rows.column(column).unify_dictionaries().chunks)
    return np.array([code(text) for text in texts.dictionary.to_pylist()], np.int64)[texts.indices.to_numpy()]
