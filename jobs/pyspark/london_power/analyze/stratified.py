"""The difference of two tariffs' homes, by Acorn group and over the groups, with its interval."""

from collections.abc import Callable, Iterable
from itertools import groupby
from math import sqrt
from typing import Any

import pyarrow as pa

from ..common.answers import ALL_HOMES

VALUES = [
    *("std_months", "tou_months", "std_mean_kwh", "tou_mean_kwh", "effect_kwh", "standard_error_kwh"),
    *("degrees_of_freedom", "low_kwh", "high_kwh", "effect_percent", "low_percent", "high_percent"),
]
# SQL for what with_intervals takes, to be grouped by method and group: of homes with a `value` each, over so
# many `months`, at the `level` that per cents are relative to.
MOMENTS = """
       count(CASE WHEN tariff = 'Std' THEN value END) AS std_households,
       count(CASE WHEN tariff = 'ToU' THEN value END) AS tou_households,
       avg(CASE WHEN tariff = 'Std' THEN months END) AS std_months,
       avg(CASE WHEN tariff = 'ToU' THEN months END) AS tou_months,
       avg(CASE WHEN tariff = 'Std' THEN value END) AS std_mean,
       avg(CASE WHEN tariff = 'ToU' THEN value END) AS tou_mean,
       var_samp(CASE WHEN tariff = 'Std' THEN value END) AS std_variance,
       var_samp(CASE WHEN tariff = 'ToU' THEN value END) AS tou_variance,
       avg(CASE WHEN tariff = 'ToU' THEN level END) AS tou_level"""
_TARIFFS = ("std", "tou")
_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("method", "acorn_group")),
        *((name, pa.int64()) for name in ("std_households", "tou_households")),
        *((name, pa.float64()) for name in VALUES),
    ]
)


def with_intervals(moments: pa.Table, quantile: Callable[[float], float]) -> pa.Table:
    """Rows of a method and a group, with households, mean and variance of either tariff → the same with the
    difference, ToU less Std, its standard error and 95 % interval, and for each method the row "all" before
    its groups. Per cents are relative to the ToU homes' mean in 2013 without the difference, taken as known.
    Null where no group has homes on both tariffs; without interval where a tariff has no two homes in any
    group.
    """
    rows = []
    for method, found in groupby(moments.to_pylist(), key=lambda row: row["method"]):
        groups = list(found)
        for name, some in [(ALL_HOMES, groups), *((row["acorn_group"], [row]) for row in groups)]:
            rows.append({"method": method, "acorn_group": name} | _difference(some, groups, quantile))
    return pa.Table.from_pylist(rows, _SCHEMA)


def _difference(some: list[dict], groups: list[dict], quantile: Callable[[float], float]) -> dict:
    """Of these groups together; those that have both tariffs, if there are any."""
    both = [row for row in some if row["std_households"] and row["tou_households"]]
    values: dict[str, Any] = dict.fromkeys(VALUES)
    for tariff in _TARIFFS:
        values |= _of_tariff(tariff, both or some)
    if not both:
        return values
    shares = _shares(both)
    for tariff in _TARIFFS:
        values[f"{tariff}_mean_kwh"] = _mean(shares, (row[f"{tariff}_mean"] for row in both))
    values["effect_kwh"] = values["tou_mean_kwh"] - values["std_mean_kwh"]
    values |= _interval(values["effect_kwh"], _parts(both, shares, groups), quantile)
    base = _mean(shares, (row["tou_level"] for row in both)) - values["effect_kwh"]
    for name in ("effect", "low", "high") if base > 0 else ():
        kwh = values[f"{name}_kwh"]
        values[f"{name}_percent"] = None if kwh is None else 100 * kwh / base
    return values


def _of_tariff(tariff: str, rows: list[dict]) -> dict:
    """How many homes, over how many months each, and their mean."""
    homes = sum(row[f"{tariff}_households"] for row in rows)
    found: dict[str, Any] = {f"{tariff}_households": homes}
    for name, column in ((f"{tariff}_months", "months"), (f"{tariff}_mean_kwh", "mean")):
        total = sum(row[f"{tariff}_households"] * (row[f"{tariff}_{column}"] or 0) for row in rows)
        found[name] = total / homes if homes else None
    return found


def _shares(both: list[dict]) -> list[float]:
    """Each group's share of the ToU homes."""
    homes = sum(row["tou_households"] for row in both)
    return [row["tou_households"] / homes for row in both]


def _mean(shares: list[float], values: Iterable[float]) -> float:
    return sum(share * value for share, value in zip(shares, values, strict=True))


def _parts(both: list[dict], shares: list[float], groups: list[dict]) -> list[tuple[float, int]]:
    """The variances that add up to that of the difference, with the degrees of freedom of each. Where a group
    has one home of a tariff, the spread of that tariff's homes within the groups stands for its own.
    """
    parts = []
    for tariff in _TARIFFS:
        several = [row for row in groups if row[f"{tariff}_households"] > 1]
        pooled = sum(row[f"{tariff}_households"] - 1 for row in several)
        if not pooled:
            return []
        spread = sum((row[f"{tariff}_households"] - 1) * row[f"{tariff}_variance"] for row in several)
        for row, share in zip(both, shares, strict=True):
            homes = row[f"{tariff}_households"]
            variance, degrees = (
                (row[f"{tariff}_variance"], homes - 1) if homes > 1 else (spread / pooled, pooled)
            )
            parts.append((share**2 * variance / homes, degrees))
    return parts


def _interval(effect: float, parts: list[tuple[float, int]], quantile: Callable[[float], float]) -> dict:
    variance = sum(part for part, _ in parts)
    if not variance > 0:
        return {}
    degrees = variance**2 / sum(part**2 / degrees for part, degrees in parts)
    reach = quantile(degrees) * sqrt(variance)
    return {
        "standard_error_kwh": sqrt(variance),
        "degrees_of_freedom": degrees,
        "low_kwh": effect - reach,
        "high_kwh": effect + reach,
    }
