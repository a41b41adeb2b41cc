"""What a network is built for, by Acorn group; "all" stands for every group.

    peak_kw     the highest demand, the after-diversity maximum demand (ADMD); peak_at is when that half hour
                begins, by London's clock
    mean_kw     the mean demand of the half hours; load_factor_percent is its share in peak_kw
    base_kw     the demand that is reached in 95 % of the half hours

Demand is that of all homes at once, for each of them: twice the mean kWh of those with a reading then. Half
hours with fewer than 80 % of the homes that there are at most at once do not count: the peak of a few homes
is no share of a peak of many.
"""

from ...common.answers import PEAK_DEMAND as NAME
from ..question import Question

# Shared with load_duration: each half hour's demand, and its place from the highest to the lowest.
RANKED = """
WITH sums AS (
  SELECT coalesce(acorn_group, 'all') AS acorn_group, slot, starts,
         sum(readings) AS homes, 2 * sum(micro_kwh) / 1e6 / sum(readings) AS kw
  FROM demand
  GROUP BY GROUPING SETS ((acorn_group, slot, starts), (slot, starts))
), counted AS (
  SELECT *, max(homes) OVER (PARTITION BY acorn_group) AS most FROM sums
), ranked AS (
  SELECT acorn_group, starts, homes, most, kw,
         row_number() OVER (PARTITION BY acorn_group ORDER BY kw DESC, slot) AS place,
         count(*) OVER (PARTITION BY acorn_group) AS half_hours
  FROM counted
  WHERE homes >= 0.8 * most
)
"""

PEAK_DEMAND = Question(
    name=NAME,
    text=f"""
{RANKED}
SELECT acorn_group, max(most) AS households, max(half_hours) AS half_hours,
       max(CASE WHEN place = 1 THEN starts END) AS peak_at,
       max(kw) AS peak_kw, avg(kw) AS mean_kw, 100 * avg(kw) / nullif(max(kw), 0) AS load_factor_percent,
       max(CASE WHEN place = ceil(0.95 * half_hours) THEN kw END) AS base_kw
FROM ranked
GROUP BY acorn_group
""",
    order=["acorn_group <> 'all'", "acorn_group"],
    units={
        **dict.fromkeys(["peak_kw", "mean_kw", "base_kw"], "kW per household"),
        "load_factor_percent": "%",
    },
    shown=False,
)
