"""kWh a household and day by month and Acorn group, as in monthly_by_acorn, with a 95 % interval
(intervals.py); and whether the month is partial: no home has 99 % of its half hours.
"""

from ...common.answers import MONTHLY_INTERVALS as NAME
from .. import plots
from ..intervals import with_bounds
from ..question import Question

MONTHLY_INTERVALS = Question(
    name=NAME,
    text="""
WITH homes AS (
  SELECT month, acorn_group, household, sum(micro_kwh) / 1e6 AS kwh, sum(readings) AS readings
  FROM household_months
  GROUP BY month, acorn_group, household
), means AS (
  SELECT month, acorn_group, sum(micro_kwh) / 1e6 / sum(readings) AS mean_kwh
  FROM household_months
  GROUP BY month, acorn_group
), months AS (
  SELECT month,
         CASE WHEN max(readings) < 0.99 * 48 * day(last_day(CAST(month || '-01' AS DATE)))
         THEN 1 ELSE 0 END AS partial
  FROM homes
  GROUP BY month
)
SELECT month, acorn_group, partial, count(*) AS households, sum(readings) AS readings,
       48 * mean_kwh AS kwh_per_household_day,
       CASE WHEN count(*) > 1 THEN
         48 * sqrt(count(*) / (count(*) - 1e0) * sum(power(kwh - mean_kwh * readings, 2))) / sum(readings)
       END AS standard_error_kwh
FROM homes JOIN means USING (month, acorn_group) JOIN months USING (month)
GROUP BY month, acorn_group, partial, mean_kwh
""",
    order=["month", "acorn_group"],
    units=dict.fromkeys(
        ["kwh_per_household_day", "standard_error_kwh", "low_kwh", "high_kwh"], "kWh per household and day"
    ),
    plot=plots.monthly,
    finish=with_bounds("kwh_per_household_day"),
    shown=False,
)
