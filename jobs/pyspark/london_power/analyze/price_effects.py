"""From logarithms of a home's use around events to responses in per cent, kW and kWh, with intervals."""

from collections.abc import Callable
from math import exp

import pyarrow as pa

from .stratified import with_intervals

RESPONSE_VALUES = {
    **dict.fromkeys(["effect_percent", "low_percent", "high_percent"], "%"),
    **dict.fromkeys(["effect_kw", "low_kw", "high_kw"], "kW per household"),
    **dict.fromkeys(["effect_kwh", "low_kwh", "high_kwh"], "kWh per household in all these half hours"),
}
BILL_VALUES = {
    **dict.fromkeys(["std_mean_percent", "tou_mean_percent"], "%"),
    **dict.fromkeys(["effect_points", "low_points", "high_points"], "percentage points"),
}
_HOMES = ["std_households", "tou_households"]
_BOUNDS = ("effect", "low", "high")


def with_responses(moments: pa.Table, quantile: Callable[[float], float]) -> pa.Table:
    """Moments of logarithms by method ("price part step"), with tou_level in kWh a half hour and half_hours →
    the difference, time of use less standard, in per cent, kW and kWh; what homes used is taken as known.
    """
    given = moments.to_pylist()
    rows = []
    for row in with_intervals(moments, quantile).to_pylist():
        price, part, step = row["method"].split()
        if step != "-" and row["acorn_group"] != "all":
            continue
        mine = [each for each in given if each["method"] == row["method"]]
        level = _level([each for each in mine if row["acorn_group"] in ("all", each["acorn_group"])])
        found = {"price": price, "part": part, "step": None if step == "-" else int(step)}
        found |= {"acorn_group": row["acorn_group"], "half_hours": int(mine[0]["half_hours"])}
        found |= {name: row[name] for name in _HOMES}
        for bound in _BOUNDS:
            log = row[f"{bound}_kwh"]
            if log is None or level is None:
                found |= {f"{bound}_percent": None, f"{bound}_kw": None, f"{bound}_kwh": None}
                continue
            less = level * (1 - exp(-log))
            found[f"{bound}_percent"] = 100 * (exp(log) - 1)
            found[f"{bound}_kw"] = 2 * less
            found[f"{bound}_kwh"] = less * found["half_hours"]
        rows.append(found)
    names = [
        ("price", pa.string()),
        ("part", pa.string()),
        ("step", pa.int64()),
        ("acorn_group", pa.string()),
    ]
    names += [("half_hours", pa.int64()), *((name, pa.int64()) for name in _HOMES)]
    return pa.Table.from_pylist(
        rows, pa.schema([*names, *((name, pa.float64()) for name in RESPONSE_VALUES)])
    )


def with_bills(moments: pa.Table, quantile: Callable[[float], float]) -> pa.Table:
    """Moments of what the bill changes by in per cent → means on either tariff, and their difference."""
    rows = [
        {
            **{name: row[name] for name in ("acorn_group", *_HOMES)},
            **{f"{tariff}_mean_percent": row[f"{tariff}_mean_kwh"] for tariff in ("std", "tou")},
            **{f"{bound}_points": row[f"{bound}_kwh"] for bound in _BOUNDS},
        }
        for row in with_intervals(moments, quantile).to_pylist()
    ]
    names = [("acorn_group", pa.string()), *((name, pa.int64()) for name in _HOMES)]
    return pa.Table.from_pylist(rows, pa.schema([*names, *((name, pa.float64()) for name in BILL_VALUES)]))


def _level(groups: list[dict]) -> float | None:
    """The ToU homes' mean use, of groups with both tariffs; None where there is none."""
    both = [row for row in groups if row["std_households"] and row["tou_households"]]
    homes = sum(row["tou_households"] for row in both)
    return sum(row["tou_households"] * row["tou_level"] for row in both) / homes if homes else None
