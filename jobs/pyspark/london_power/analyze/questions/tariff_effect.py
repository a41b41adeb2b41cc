"""What the time-of-use tariff did to consumption, with a 95 % confidence interval.

The readings of a household are far from independent, so a household counts as one observation: its mean, or
its change from the year before. Two ways to compare the tariffs' households:

    trial_year         mean kWh per half hour in 2013. Homes chose their tariff, so it also holds what the
                       choosers were like before.
    change_from_2012   the change of that mean from 2012 to 2013, over those months of the year in which the
                       household has readings in both: a difference in differences, free of what was always
                       different, and of the season.

Collapsing to one value for a household before comparing is what makes the interval hold under correlation
within households (Bertrand, Duflo and Mullainathan, "How Much Should We Trust Differences-in-Differences
Estimates?", Quarterly Journal of Economics 119, 2004, section IV.C); the interval is Welch's, for unequal
variances ("The generalization of Student's problem …", Biometrika 34, 1947).
"""

from collections.abc import Callable
from math import sqrt

import pyarrow as pa

from ...common.answers import EFFECT, METHODS
from .. import effect_plots
from ..question import Question

_VALUES = [
    *("std_mean_kwh", "tou_mean_kwh", "effect_kwh", "standard_error_kwh", "degrees_of_freedom"),
    *("low_kwh", "high_kwh", "effect_percent", "low_percent", "high_percent"),
]

_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("method", "acorn_group")),
        *((name, pa.int64()) for name in ("std_households", "tou_households")),
        *((name, pa.float64()) for name in _VALUES),
    ]
)


def with_intervals(moments: pa.Table, quantile: Callable[[float], float]) -> pa.Table:
    """The text's answer → the question's: mean of ToU less that of Std, its standard error and 95 %
    interval. Per cents are relative to what the ToU homes would have used without the effect, taken as
    known. Null where a tariff has no household; without interval where one has a single one.
    """
    return pa.Table.from_pylist([_with_interval(row, quantile) for row in moments.to_pylist()], _SCHEMA)


def _with_interval(row: dict, quantile: Callable[[float], float]) -> dict:
    values = dict.fromkeys(_VALUES)
    values |= {"std_mean_kwh": row["std_mean"], "tou_mean_kwh": row["tou_mean"]}
    if row["std_households"] and row["tou_households"]:
        values["effect_kwh"] = row["tou_mean"] - row["std_mean"]
    if min(row["std_households"], row["tou_households"]) > 1:
        parts = [row["std_variance"] / row["std_households"], row["tou_variance"] / row["tou_households"]]
        if sum(parts) > 0:
            counts = [row["std_households"], row["tou_households"]]
            degrees = sum(parts) ** 2 / sum(
                part**2 / (count - 1) for part, count in zip(parts, counts, strict=True)
            )
            reach = quantile(degrees) * sqrt(sum(parts))
            values |= {
                "standard_error_kwh": sqrt(sum(parts)),
                "degrees_of_freedom": degrees,
                "low_kwh": values["effect_kwh"] - reach,
                "high_kwh": values["effect_kwh"] + reach,
            }
    base = row["tou_level"] - values["effect_kwh"] if values["effect_kwh"] is not None else 0
    if base > 0:
        for name in ("effect", "low", "high"):
            kwh = values[f"{name}_kwh"]
            values[f"{name}_percent"] = None if kwh is None else 100 * kwh / base
    counted = {name: row[name] for name in ("method", "acorn_group", "std_households", "tou_households")}
    return counted | values


# The prices depended on the time in 2013 only. For each method and Acorn group, "all" for every group, the
# households of either tariff, and mean and variance of their values; tou_level is the ToU homes' mean in
# 2013.
TARIFF_EFFECT = Question(
    name=EFFECT,
    text="""
WITH by_month AS (
  SELECT household, acorn_group, tariff, substr(month, 6) AS of_year,
         sum(CASE WHEN substr(month, 1, 4) = '2012' THEN micro_kwh END) AS before_kwh,
         sum(CASE WHEN substr(month, 1, 4) = '2012' THEN readings END) AS before_readings,
         sum(CASE WHEN substr(month, 1, 4) = '2013' THEN micro_kwh END) AS trial_kwh,
         sum(CASE WHEN substr(month, 1, 4) = '2013' THEN readings END) AS trial_readings
  FROM household_months
  GROUP BY household, acorn_group, tariff, substr(month, 6)
), homes AS (
  SELECT 'trial_year' AS method, household, acorn_group, tariff,
         sum(trial_kwh) / 1e6 / sum(trial_readings) AS value,
         sum(trial_kwh) / 1e6 / sum(trial_readings) AS level
  FROM by_month
  GROUP BY household, acorn_group, tariff
  UNION ALL
  SELECT 'change_from_2012', household, acorn_group, tariff,
         sum(trial_kwh) / 1e6 / sum(trial_readings) - sum(before_kwh) / 1e6 / sum(before_readings),
         sum(trial_kwh) / 1e6 / sum(trial_readings)
  FROM by_month
  WHERE before_readings IS NOT NULL AND trial_readings IS NOT NULL
  GROUP BY household, acorn_group, tariff
)
SELECT method, coalesce(acorn_group, 'all') AS acorn_group,
       count(CASE WHEN tariff = 'Std' THEN value END) AS std_households,
       count(CASE WHEN tariff = 'ToU' THEN value END) AS tou_households,
       avg(CASE WHEN tariff = 'Std' THEN value END) AS std_mean,
       avg(CASE WHEN tariff = 'ToU' THEN value END) AS tou_mean,
       var_samp(CASE WHEN tariff = 'Std' THEN value END) AS std_variance,
       var_samp(CASE WHEN tariff = 'ToU' THEN value END) AS tou_variance,
       avg(CASE WHEN tariff = 'ToU' THEN level END) AS tou_level
FROM homes
WHERE value IS NOT NULL
GROUP BY GROUPING SETS ((method, acorn_group), (method))
""",
    order=[
        "CASE method " + " ".join(f"WHEN '{name}' THEN {at}" for at, name in enumerate(METHODS)) + " END",
        "acorn_group <> 'all'",
        "acorn_group",
    ],
    units={
        **{name: "kWh per half hour" for name in _VALUES if name.endswith("_kwh")},
        **{name: "%" for name in _VALUES if name.endswith("_percent")},
    },
    plot=effect_plots.effect,
    finish=with_intervals,
)
