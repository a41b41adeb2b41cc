"""Standard (std_…) beside time-of-use tariff (tou_…) by period and Acorn group.

"all" stands for every period or every group. The tariffs' homes are not of the same groups, and a difference
over all of them is also one of groups; "standardised" stands for one mix: each group with homes on both
tariffs counts on either by its time-of-use readings. The time-of-use prices applied in 2013 only, so "before"
shows how far the two sets of homes differed without them. difference_percent is that of mean kWh per half
hour, relative to standard; it is no effect of the tariff, which homes chose.
"""

from ...common.answers import TARIFFS
from .. import plots
from ..question import Question

_MEASURES = {
    "total_kwh": "kWh",
    "mean_kwh": "kWh per half hour",
}

STD_VS_TOU = Question(
    name=TARIFFS,
    text="""
WITH periods AS (
  SELECT *, CASE WHEN month < '2013' THEN 'before' WHEN month < '2014' THEN 'trial' ELSE 'after' END AS period
  FROM household_months
), sums AS (
  SELECT coalesce(period, 'all') AS period, coalesce(acorn_group, 'all') AS acorn_group,
         count(DISTINCT CASE WHEN tariff = 'Std' THEN household END) AS std_households,
         coalesce(sum(CASE WHEN tariff = 'Std' THEN readings END), 0) AS std_readings,
         sum(CASE WHEN tariff = 'Std' THEN micro_kwh END) / 1e6 AS std_kwh,
         count(DISTINCT CASE WHEN tariff = 'ToU' THEN household END) AS tou_households,
         coalesce(sum(CASE WHEN tariff = 'ToU' THEN readings END), 0) AS tou_readings,
         sum(CASE WHEN tariff = 'ToU' THEN micro_kwh END) / 1e6 AS tou_kwh
  FROM periods
  GROUP BY CUBE (period, acorn_group)
), means AS (
  SELECT *, std_kwh / nullif(std_readings, 0) AS std_mean, tou_kwh / nullif(tou_readings, 0) AS tou_mean
  FROM sums
), one_mix AS (
  SELECT period, 'standardised' AS acorn_group,
         sum(std_households) AS std_households, sum(std_readings) AS std_readings, sum(std_kwh) AS std_kwh,
         sum(tou_households) AS tou_households, sum(tou_readings) AS tou_readings, sum(tou_kwh) AS tou_kwh,
         sum(std_mean * tou_readings) / sum(tou_readings) AS std_mean,
         sum(tou_kwh) / sum(tou_readings) AS tou_mean
  FROM means
  WHERE acorn_group <> 'all' AND std_readings > 0 AND tou_readings > 0
  GROUP BY period
), shown AS (
  SELECT * FROM means UNION ALL SELECT * FROM one_mix
)
SELECT period, acorn_group,
       std_households, std_readings, std_kwh AS std_total_kwh, std_mean AS std_mean_kwh,
       tou_households, tou_readings, tou_kwh AS tou_total_kwh, tou_mean AS tou_mean_kwh,
       (tou_mean / nullif(std_mean, 0) - 1) * 100 AS difference_percent
FROM shown
""",
    # The whole stands before its parts, which are sorted by name.
    order=[
        *("period <> 'all'", "period"),
        *("acorn_group <> 'all'", "acorn_group <> 'standardised'", "acorn_group"),
    ],
    units={
        **{f"{tariff}_{name}": unit for tariff in ("std", "tou") for name, unit in _MEASURES.items()},
        "difference_percent": "%",
    },
    plot=plots.tariffs,
)
